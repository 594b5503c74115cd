/*
id = "X-01"
title = "Subscriber registered by MAP in one network while active by Diameter in another"
threat = "sms-interception"
severity = "high"
confidence = 0.75
why = """
MAP and Diameter keep a registration each, and many home networks do not compare them. Who registers a subscriber on one protocol leaves
his telephone working on the other, and receives his messages or calls unnoticed."""
benign = """
One network on both protocols: combined attach, fallback for calls, interworking. Neighbouring countries with roaming agreement, where
telephones go to and fro at the border."""
remedy = "Keep one location of a subscriber for both protocols, and cancel the other when he moves."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["diameter_message", "map_component"]
split_by = "subscriber"

[defaults]
minutes_after = 60          # so soon after the second registration the first network is heard again
*/
with arrived as (
  select * from registered where certain and subscriber.party = 'home' and visited.party <> 'hub' and visited.country <> 'ZZ'
),
pair as (
  select
    later.*, earlier.visited as first_place, called(earlier.visited) as first_network, earlier.evidence as first_evidence, earlier.kind as first_kind,
    earlier.until as first_until, later.since + to_minutes($minutes_after) as latest
  from (from arrived where kind = 'map') later
  asof join (from arrived where kind = 'diameter') earlier on earlier.imsi = later.imsi and later.since >= earlier.since
  union all
  select
    later.*, earlier.visited, called(earlier.visited), earlier.evidence, earlier.kind,
    earlier.until, later.since + to_minutes($minutes_after)
  from (from arrived where kind = 'diameter') later
  asof join (from arrived where kind = 'map') earlier on earlier.imsi = later.imsi and later.since >= earlier.since
),
activity as (
  select kind, imsi, called(caller) as network, seen_at, operation, evidence
  from request
  where imsi is not null and ((kind = 'diameter' and code in (316, 318, 323)) or (kind = 'map' and code in (2, 10, 11, 12, 13, 14, 23, 46, 56, 59, 66)))
    and not (code = 46 and caller.party = 'home') -- the home network's own platforms send for roamers
)
select
  pair.since as first_seen, activity.seen_at as last_seen, pair.imsi, msisdn, gt, host, realm, null as agent,
  'answered' as answer, case when unlisted(visited) or unlisted(first_place) then 'critical' else 'high' end as severity, null as confidence,
  first_evidence || pair.evidence || activity.evidence as evidence,
  'Registered by ' || case when first_kind = 'map' then 'MAP' else 'Diameter' end || ' in ' || first_network || ', then by '
    || case when first_kind = 'map' then 'Diameter' else 'MAP' end || ' in ' || called(visited) || '; ' || activity.operation || ' of the first network '
    || date_diff('minute', pair.since, activity.seen_at) || ' minutes later' as explanation
from pair
asof join activity
  on activity.kind = first_kind and activity.imsi = pair.imsi and activity.network = first_network and pair.since < activity.seen_at
left join country_distance on one = first_place.country and other = visited.country
where activity.seen_at <= latest and first_until > pair.since and not same_network(first_place, visited)
  and (unlisted(visited) or unlisted(first_place) or coalesce(kilometres > 0, true))
