/*
id = "MAP-ENC-02"
title = "Element with a tag in more octets than it needs"
threat = "evasion"
severity = "critical"
confidence = 0.95
why = """
The tag of an element such as the IMSI fits into one octet. Written in two or three it means the same to a lenient decoder, while a filter that
compares octets does not find the subscriber."""
benign = "None is known: encoders write the shortest form, which X.690 8.1.2 demands of tags below 31."
remedy = "Refuse messages at the border that are not encoded as X.690 demands."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_trick(answer, capture_point, screened, if(screened, 'critical', 'high')) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with a tag in more octets than it needs', answer, reason) as explanation
from odd_request
where list_contains(kinds, 'tag in more octets than it needs')
