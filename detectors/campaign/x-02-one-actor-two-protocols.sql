/*
id = "X-02"
title = "One actor after one subscriber by MAP and by Diameter"
threat = "location-tracking"
severity = "high"
confidence = 0.8
why = """
Attackers change the protocol while they follow the same person, from networks of one country or holder. Findings that look single
belong together, and show whom they are after."""
benign = "Only what other detectors found counts; both protocols by one network for a subscriber who roams there are no finding."
remedy = "Block the network on both protocols at once, and protect the subscriber."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
needs = ["diameter_message", "map_component"]
split_by = "subscriber"

[defaults]
minutes_between = 30
*/
with flagged as (
  select
    detector, first_seen, fired.last_seen, coalesce(fired.imsi, bound.imsi) as imsi, fired.msisdn, gt, host, realm, answer, fired.evidence,
    fired.evidence[1].kind as protocol
  from fired
  asof left join imsi_of_msisdn bound on bound.msisdn = fired.msisdn and fired.first_seen >= bound.since
  where not starts_with(detector, 'X-') and missing is null and fired.evidence[1].kind in ('map', 'diameter')
),
owned as (
  select
    flagged.*, coalesce(by_realm.owner.country, by_gt.owner.country) as country
  from flagged
  left join (select realm, any_value(owner) as owner from realm_owner group by realm) by_realm using (realm)
  left join (select digits, arg_min(owner, plan * 256 + nature) as owner from gt_owner where plan in (0, 1) group by digits) by_gt on by_gt.digits = flagged.gt
),
actor as (                                  -- one of the detectors that named the same moment
  from owned where imsi is not null and country is not null and country not in ('ZZ', home_country())
  qualify row_number() over (partition by imsi, country, protocol, first_seen order by detector, evidence[1].id) = 1
),
paired as (
  select
    later.*, earlier.first_seen as began, earlier.detector as first_detector, earlier.answer as first_answer, earlier.evidence as first_evidence,
    earlier.protocol as first_protocol
  from actor later
  asof join (from actor where protocol = 'map') earlier
    on later.imsi = earlier.imsi and later.country = earlier.country and later.first_seen >= earlier.first_seen
  where later.protocol = 'diameter'
  union all
  select later.*, earlier.first_seen, earlier.detector, earlier.answer, earlier.evidence, earlier.protocol
  from actor later
  asof join (from actor where protocol = 'diameter') earlier
    on later.imsi = earlier.imsi and later.country = earlier.country and later.first_seen >= earlier.first_seen
  where later.protocol = 'map'
)
select
  began as first_seen, greatest(began, last_seen) as last_seen, imsi, msisdn, gt, host, realm, null as agent,
  case when 'answered' in (answer, first_answer) then 'answered' else answer end as answer,
  case when answer = 'answered' and first_answer = 'answered' then 'critical' when 'answered' in (answer, first_answer) then 'high' else 'medium' end as severity, null as confidence,
  first_evidence || evidence as evidence,
  'Networks of ' || country || ' asked about one subscriber by ' || if(first_protocol = 'map', 'MAP', 'Diameter') || ' (' || first_detector || ') and '
    || date_diff('minute', began, first_seen) || ' minutes later by ' || if(protocol = 'map', 'MAP', 'Diameter') || ' (' || detector || ')' as explanation
from paired
where first_seen <= began + to_minutes($minutes_between)
