/*
id = "MAP-ENC-08"
title = "Transaction id of an impossible length"
threat = "evasion"
severity = "critical"
confidence = 0.95
why = """
A transaction id has one to four octets. Decoders that keep to that drop a message with a longer one, so that a filter or monitor in front loses
it whole, while the node behind reads it."""
benign = "None is known: Q.773 3.1 allows one to four octets."
remedy = "Refuse messages at the border that cannot be decoded, instead of letting them pass unseen."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_trick(answer, capture_point, screened, if(screened, 'critical', 'high')) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with a transaction id that is not of 1 to 4 octets', answer, reason) as explanation
from odd_request
where list_contains(kinds, 'transaction id is not of 1 to 4 octets')
