/*
id = "MAP-LOC-09"
title = "IMSI asked for a number from another network"
threat = "information-gathering"
severity = "high"
confidence = 0.95
why = """
sendIMSI turns a telephone number into the IMSI that further attacks need. No procedure between
networks uses it."""
benign = "None is known."
remedy = "Refuse operation 58 at the border."
references = ["FGT5019.005", "MOT5019.302"]
category = "MAP 1"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'sendIMSI from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 58 and from_outside
