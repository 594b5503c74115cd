/*
id = "X-03"
title = "Refused on one protocol, tried on the other"
threat = "evasion"
severity = "high"
confidence = 0.8
why = """
A firewall that stands before one protocol sends attackers to the other. A refusal and then a try on the other protocol for the same
subscriber shows one who means it, and where the gap is if the second is answered."""
benign = "Only what other detectors found counts; a telephone that is refused in 4G and registers in 3G is no finding of a roaming partner."
remedy = "Screen MAP and Diameter by the same rules, and let each firewall know what the other refused."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
needs = ["diameter_message", "map_component"]
split_by = "subscriber"

[defaults]
minutes_between = 30
*/
with flagged as (                           -- one of the detectors that named the same moment
  select
    detector, first_seen, fired.last_seen, coalesce(fired.imsi, bound.imsi) as imsi, fired.msisdn, gt, host, realm, answer, fired.evidence,
    fired.evidence[1].kind as protocol
  from fired
  asof left join imsi_of_msisdn bound on bound.msisdn = fired.msisdn and fired.first_seen >= bound.since
  where not starts_with(detector, 'X-') and missing is null and fired.evidence[1].kind in ('map', 'diameter')
  qualify row_number() over (partition by coalesce(fired.imsi, bound.imsi), protocol, first_seen order by detector, fired.evidence[1].id) = 1
),
paired as (
  select later.*, refused.last_seen as refused_at, refused.first_seen as began, refused.detector as first_detector, refused.evidence as first_evidence
  from (from flagged where protocol = 'diameter') later
  asof join (from flagged where protocol = 'map' and answer in ('refused', 'no_answer')) refused
    on refused.imsi = later.imsi and later.first_seen >= refused.last_seen
  union all
  select later.*, refused.last_seen, refused.first_seen, refused.detector, refused.evidence
  from (from flagged where protocol = 'map') later
  asof join (from flagged where protocol = 'diameter' and answer in ('refused', 'no_answer')) refused
    on refused.imsi = later.imsi and later.first_seen >= refused.last_seen
)
select
  began as first_seen, last_seen, imsi, msisdn, gt, host, realm, null as agent,
  answer, case when answer in ('refused', 'no_answer') then 'medium' when answer = 'answered' then 'critical' else 'high' end as severity, null as confidence,
  first_evidence || evidence as evidence,
  'What ' || first_detector || ' tells came to nothing by ' || if(protocol = 'map', 'Diameter', 'MAP') || '; ' || date_diff('minute', refused_at, first_seen)
    || ' minutes later ' || detector || ' by ' || if(protocol = 'map', 'MAP', 'Diameter') || '; ' || outcome_called(answer, null) as explanation
from paired
where first_seen <= refused_at + to_minutes($minutes_between)
