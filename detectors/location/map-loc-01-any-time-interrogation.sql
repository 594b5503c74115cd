/*
id = "MAP-LOC-01"
title = "Any-time interrogation from another network"
threat = "location-tracking"
severity = "high"
confidence = 0.9
why = """
anyTimeInterrogation tells where a subscriber is. Only the home network's own platforms may ask it,
so one that arrives from outside is an attempt to locate somebody."""
benign = "A location platform of a sister network, by agreement: check the calling global title against the agreement."
remedy = "Refuse operation 71 at the border for all calling titles outside the home network."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
category = "MAP 1"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when location_returned is false then 'medium' else 'high' end) as severity,
  null as confidence, evidence,
  'anyTimeInterrogation from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error)
    || case when location_returned then ' with a location' else '' end as explanation
from map_request
where opcode = 71 and from_outside
