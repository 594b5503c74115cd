/*
id = "MAP-ENC-01"
title = "Operation named by a global code"
threat = "evasion"
severity = "critical"
confidence = 0.95
why = """
MAP names its operations by numbers. One that is named by an object identifier instead is read by some nodes as the operation of its last
number, while many filters and analysers see no operation and no subscriber in it."""
benign = "None is known: MAP and CAP have no global codes. Other users of TCAP are told by their subsystem and are not read."
remedy = "Refuse at the border every invoke whose operation code is not a local one."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_trick(answer, capture_point, screened, if(screened, 'critical', 'high')) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'named by the global code ' || opcode_oid, answer, reason) as explanation
from border_request
where opcode_oid is not null
