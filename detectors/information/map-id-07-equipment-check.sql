/*
id = "MAP-ID-07"
title = "Equipment register asked from outside"
threat = "information-gathering"
severity = "low"
confidence = 0.6
why = """
checkIMEI tells whether a phone is barred. It is asked inside a network; from outside it tries out which equipment
passes."""
benign = "A register that several operators share: accept its title with the reason."
remedy = "Refuse operation 43 at the border."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["map_component"]
split_by = "source"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'low') as severity, null as confidence, evidence,
  'checkIMEI from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 43 and from_outside
