/*
id = "MAP-LOC-04"
title = "Location service request from another network"
threat = "location-tracking"
severity = "high"
confidence = 0.9
why = """
provideSubscriberLocation returns coordinates and sendRoutingInfoForLCS the node to ask for them. They belong
between location centres of one network; from outside they aim at the precise position of a person."""
benign = "Emergency and lawful location across networks, by agreement with the location centre that asks."
remedy = "Refuse operations 83 and 85 at the border except from location centres under agreement."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
category = "MAP 1"
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when location_estimate or lcs_client_type in (0, 3) then 'critical' else 'high' end)
    as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || '; ' || outcome_called(answer, error)
    || case when location_estimate then ' with coordinates' when location_returned then ' with the serving node' else '' end
    as explanation
from map_request
where opcode in (83, 85) and from_outside
