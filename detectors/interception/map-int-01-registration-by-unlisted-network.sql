/*
id = "MAP-INT-01"
title = "Subscriber registered by a network without roaming agreement"
threat = "sms-interception"
severity = "high"
confidence = 0.8
why = """
After an updateLocation that is accepted, calls and short messages for the subscriber go to whoever sent it. A network
that no roaming agreement knows has no subscriber of ours to register."""
benign = """
A roaming agreement that network.toml does not list yet; ships, aircraft and satellites behind country codes of their
own; a network in the same country as an unlisted one."""
remedy = """
Refuse operations 2 and 23 from networks without roaming agreement, and from registers outside the ranges of the
partner."""
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component", "roaming_partner"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || ', for register ' || sender_called(coalesce(vlr_number, sgsn_number), register)
    || '; ' || outcome_called(answer, error) as explanation
from (
  select *, case when vlr_number is null and sgsn_number is null then caller else owner_of_number(coalesce(vlr_number, sgsn_number)) end as register
  from map_request
  where opcode in (2, 23) and from_outside and subscriber.party = 'home'
)
where unlisted(caller) or unlisted(register)
