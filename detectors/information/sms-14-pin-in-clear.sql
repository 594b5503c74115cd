/*
id = "SMS-14"
title = "PIN typed into a service code that crosses the border in clear"
threat = "information-gathering"
severity = "low"
confidence = 0.8
why = """
A service that asks for a PIN by USSD gets it unencrypted, through every carrier between the visited network and the home network.
Whoever listens on that way has the PIN."""
benign = "A customer abroad who uses the service as it was made: at a roaming partner it is low, elsewhere medium."
remedy = "Let the service ask for the PIN by an encrypted way when the subscriber roams, or not serve him there."
references = ["MOT1040"]
needs = ["map_component", "ussd"]
split_by = "subscriber"
*/
with prompt as (
  select
    request.*, typed.pin_digits, coalesce(called.owner, nobody()) as other,
    coalesce(request.imsi, opening.destination_reference) as whose
  from map_request request
  join ussd on ussd.component_id = request.id and ussd.asks_for_pin
  join ussd typed on typed.component_id = request.answer_id and typed.pin_digits is not null
  left join map_component opening on opening.id = request.opening_id
  left join gt_owner called
    on called.digits = request.called_gt and called.plan = coalesce(request.called_plan, 0)
    and called.nature = coalesce(request.called_nature, 0)
  where request.opcode = 60 and not from_outside
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  if(regexp_full_match(whose, '[0-9]{14,15}'), whose, null) as imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  if(unlisted(other), 'medium', 'low') as severity, null as confidence, evidence,
  'A question for a PIN by USSD went to ' || sender_called(called_gt, other) || ', and ' || pin_digits || ' digits came back in clear' as explanation
from prompt
where called_gt is not null and other.party <> 'home'
