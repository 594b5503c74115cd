/*
id = "MAP-ID-08"
title = "Own node reports to a platform of another network"
threat = "information-gathering"
severity = "medium"
confidence = 0.8
why = """
noteSubscriberDataModified and ss-InvocationNotification tell a service platform what a subscriber changes and calls.
They go where the profile says: to a foreign platform, if somebody planted it there."""
benign = "A guest's reports go to his own home network: it is compared with the IMSI."
remedy = "Clear the subscriber's CAMEL subscription and see who wrote it."
references = ["FGT5022", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"
*/
with reported as (
  select *, owner_of_title(called_gt, called_plan, called_nature) as platform
  from map_request
  where opcode in (5, 72) and not from_outside
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  operation || ' about a subscriber of ' || called(subscriber) || ' to a platform at ' || sender_called(called_gt, platform) || '; '
    || outcome_called(answer, error) as explanation
from reported
where platform.party <> 'home' and not same_network(platform, subscriber)
