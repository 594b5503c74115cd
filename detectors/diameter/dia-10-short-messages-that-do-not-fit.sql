/*
id = "DIA-10"
title = "Short message over Diameter that hides, or whose sender does not fit"
threat = "spoofing"
severity = "high"
confidence = 0.75
why = """
SGd carries the same messages as MAP: silent ones that only locate a telephone, commands for the SIM, messages under another network's
service centre, and messages in the name of subscribers that are elsewhere."""
benign = "A carrier that delivers for another network's service centre: list it as hub. SIM updates come from the home network, not from outside."
remedy = "Check short messages of SGd as those of MAP: service centre against realm, protocol identifier, where the sender is registered."
references = ["T1660", "MOT1036.301"]
needs = ["diameter_message", "sms"]
split_by = "subscriber"
*/
with carried as (
  select
    request.*, sms.tp_pid, sms.message_class, sms.alphabet, coalesce(gt_owner.owner, nobody()) as centre, placed.stranger
  from diameter_request request
  join short_message sms on sms.component_id = request.id
  join (from placed_request where kind = 'diameter' and category = 'SMS') placed on placed.id = request.id
  left join gt_owner on gt_owner.digits = sc_address and gt_owner.plan = 1 and gt_owner.nature = 0
  where request.application_id = 16777313 and request.from_outside and request.subscriber.party = 'home'
),
judged as (
  select
    *,
    case
      when command_code = 8388645 and stranger then 'in the name of a subscriber who is registered elsewhere'
      when command_code = 8388646 and tp_pid = 64 then 'a silent one'
      when command_code = 8388646 and (tp_pid between 124 and 127 or (message_class = 2 and alphabet = '8bit')) then 'with data for the SIM'
      when command_code = 8388646 and sc_address is not null and not same_network(centre, caller)
        then 'of service centre ' || sender_called(sc_address, centre)
    end as oddity
  from carried
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(origin_realm, caller) || ', ' || oddity || '; ' || outcome_called(answer, error) as explanation
from judged
where oddity is not null
