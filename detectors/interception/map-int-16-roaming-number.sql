/*
id = "MAP-INT-16"
title = "Roaming number asked for by a network that is not the subscriber's"
threat = "call-interception"
severity = "medium"
confidence = 0.7
why = """
provideRoamingNumber reserves a number by which a call reaches a roamer. Only his home network routes calls to him;
others use up the numbers, or divert calls."""
benign = "A roaming hub that speaks for the subscriber's network."
remedy = "Let operation 4 in only for inbound roamers, and only from titles of the network that issued the IMSI."
references = ["T1464", "FGT1499.503"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'provideRoamingNumber from outside, from ' || sender_called(calling_gt, caller) || ', for a subscriber of ' || called(subscriber) || '; '
    || outcome_called(answer, error) as explanation
from map_request
where opcode = 4 and from_outside
  and (subscriber.party = 'home' or (subscriber.party <> 'unknown' and not same_network(caller, subscriber)))
