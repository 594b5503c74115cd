/*
id = "MAP-LOC-08"
title = "Serving SGSN asked from outside"
threat = "location-tracking"
severity = "medium"
confidence = 0.8
why = """
sendRoutingInfoForGprs tells which SGSN serves a subscriber. It is meant for connections that the network opens, which
nobody uses between networks."""
benign = "None is known; accept a title with its reason where an agreement exists."
remedy = "Refuse operation 24 at the border."
references = ["FGT5019.005", "MOT5019.303"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'sendRoutingInfoForGprs from outside, from ' || sender_called(calling_gt, caller) || ', about a subscriber of ' || called(subscriber)
    || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 24 and from_outside
