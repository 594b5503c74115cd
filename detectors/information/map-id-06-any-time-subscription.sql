/*
id = "MAP-ID-06"
title = "Subscription read or changed from another network"
threat = "information-gathering"
severity = "high"
confidence = 0.9
why = """
anyTimeSubscriptionInterrogation reads a subscriber's services, anyTimeModification changes them: call
forwarding, barring, the CAMEL platform. Only the home network's own platforms may ask either."""
benign = "A service platform of a sister network, by agreement."
remedy = "Refuse operations 62 and 65 at the border for all calling titles outside the home network."
references = ["FGT5022", "MOT1565"]
category = "MAP 1"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when opcode = 65 and modification_requested is not false then 'critical' else 'high' end)
    as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode in (62, 65) and from_outside
