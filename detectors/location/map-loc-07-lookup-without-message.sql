/*
id = "MAP-LOC-07"
title = "Subscriber looked up with a message declared not to follow"
threat = "information-gathering"
severity = "medium"
confidence = 0.8
why = """
With sm-deliveryNotIntended the sender of a sendRoutingInfoForSM says himself that no short message will follow: the
question is for the IMSI or the network alone."""
benign = "Number portability queries by contract: accept the title with its reason."
remedy = "Refuse operation 45 with this parameter, but from those who have a contract."
references = ["FGT5019.005", "MOT5019.302"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'sendRoutingInfoForSM from outside, from ' || sender_called(calling_gt, caller) || ', that asks for '
    || case delivery_not_intended when 0 then 'the IMSI' else 'the network of the IMSI' end || ' alone; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 45 and delivery_not_intended is not null and from_outside
