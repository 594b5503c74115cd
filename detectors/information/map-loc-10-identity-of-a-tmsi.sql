/*
id = "MAP-LOC-10"
title = "Identity and keys asked from one visitor register to another"
threat = "information-gathering"
severity = "high"
confidence = 0.8
why = """
sendIdentification tells the IMSI behind a temporary identity together with unused authentication vectors,
sendParameters of version 1 the same by other names. They serve neighbouring registers of one network."""
benign = """
Registers on both sides of a border with an agreement for it; a partner's register that still speaks version 1: told
as low."""
remedy = "Refuse operations 9 and 55 at the border."
references = ["FGT5044", "MOT3004.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when opcode = 9 and caller.party = 'partner' then 'low'
    else severity_of(answer, capture_point, case when opcode = 55 and (vectors_returned or imsi is not null) then 'critical' else 'high' end)
  end as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error)
    || case when vectors_returned then ' with authentication vectors' else '' end as explanation
from map_request
where opcode in (9, 55) and from_outside
