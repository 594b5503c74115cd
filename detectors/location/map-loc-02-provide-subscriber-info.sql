/*
id = "MAP-LOC-02"
title = "Location asked for another network's subscriber"
threat = "location-tracking"
severity = "high"
confidence = 0.9
why = """
provideSubscriberInfo is how a home network asks where its own subscriber roams. A network that asks it
about somebody else's subscriber, or about one of ours, is locating a person who is not its customer."""
benign = "A roaming hub that speaks for the subscriber's network under global titles of its own."
remedy = "Let operation 70 in only for inbound roamers, and only from titles of the network that issued the IMSI."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
category = "MAP 2"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when location_returned is false then 'medium' else 'high' end) as severity,
  case when imsi is null then 0.5 end as confidence, evidence,
  'provideSubscriberInfo from outside, from ' || sender_called(calling_gt, caller) || ', about a subscriber of '
    || called(subscriber) || '; ' || outcome_called(answer, error)
    || case when location_returned then ' with a location' else '' end as explanation
from map_request
where opcode = 70 and from_outside and (subscriber.party = 'home' or not same_network(caller, subscriber))
