/*
id = "SMS-16"
title = "Service text or question sent to a subscriber by another network"
threat = "spoofing"
severity = "high"
confidence = 0.85
why = """
A USSD text appears on the screen without a sender, as if his own network spoke. Sent from elsewhere it asks for a PIN, or tells that
money came, and the subscriber cannot see that it is not from his network."""
benign = "The network that issued the SIM, and answers to what the subscriber dialled: both are left out."
remedy = "Accept unstructuredSS-Request and unstructuredSS-Notify only from the network that issued the SIM."
references = ["T1660", "MOT1036.301"]
needs = ["map_component", "ussd"]
split_by = "subscriber"
*/
with shown as (
  select
    request.* exclude (imsi, subscriber), asks_for_pin,
    coalesce(request.imsi, if(regexp_full_match(opening.destination_reference, '[0-9]{14,15}'), opening.destination_reference, null)) as imsi
  from map_request request
  join ussd on ussd.component_id = request.id and not from_subscriber
  left join map_component opening on opening.id = request.opening_id
  where request.opcode in (60, 61) and from_outside and opening_opcode is distinct from 59
),
judged as (
  select shown.*, coalesce(imsi_owner.owner, nobody()) as subscriber
  from shown left join imsi_owner on imsi_owner.prefix = left(shown.imsi, 6)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, if(asks_for_pin, 'high', 'medium')) as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || ', to a subscriber of ' || called(subscriber)
    || if(asks_for_pin, ', that asks for a PIN or password', '') || '; ' || outcome_called(answer, reason) as explanation,
  case when imsi is null then 'imsi of the dialogue' end as missing
from judged
where not same_network(caller, subscriber)
