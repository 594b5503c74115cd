/*
id = "MAP-INT-12"
title = "Call or message platform of another network written into a profile"
threat = "call-interception"
severity = "critical"
confidence = 0.9
why = """
A CAMEL subscription makes the serving network ask a platform about each call or message, and do as it says. One that
names a platform of another network lets a stranger listen in and divert."""
benign = "Platforms of a provider that serves several networks: then many subscribers have it; accept its title."
remedy = "Take profiles from the network of the IMSI only, and check the platforms' addresses in them."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
subscribers_at_least = 20   # with the same platform, which then is a service
*/
with planted as (
  select *, owner_of_number(csi_gsmscf_address) as platform
  from map_request
  where opcode = 7 and csi_gsmscf_address is not null and subscriber.party <> 'unknown'
),
service as (
  select csi_gsmscf_address as address from planted group by all having count(distinct coalesce(imsi, msisdn)) >= $subscribers_at_least
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'critical') as severity, null as confidence, evidence,
  'insertSubscriberData by ' || sender_called(calling_gt, caller) || ' for a subscriber of ' || called(subscriber) || ' with platform '
    || sender_called(csi_gsmscf_address, platform) || '; ' || outcome_called(answer, error) as explanation
from planted
anti join service on address = csi_gsmscf_address
where not same_network(platform, subscriber)
