/*
id = "MAP-INT-08"
title = "Registration cancelled by a network that is not the subscriber's"
threat = "denial-of-service"
severity = "high"
confidence = 0.9
why = """
cancelLocation removes a subscriber from the node that serves him. Only the HLR of the network that issued
his IMSI may send it; from anybody else it cuts him off, or prepares a registration elsewhere."""
benign = "A roaming hub that speaks for the subscriber's network under global titles of its own."
remedy = "Let operation 3 in only for inbound roamers, and only from titles of the network that issued the IMSI."
references = ["T1464", "FGT1499.503"]
category = "MAP 2"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity,
  case when imsi is null then 0.5 end as confidence, evidence,
  'cancelLocation from outside, from ' || sender_called(calling_gt, caller) || ', for a subscriber of '
    || called(subscriber) || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 3 and from_outside and (subscriber.party = 'home' or not same_network(caller, subscriber))
