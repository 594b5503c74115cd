/*
id = "MAP-LOC-12"
title = "One subscriber located again and again"
threat = "location-tracking"
severity = "high"
confidence = 0.85
why = """
Who follows a person asks more than once, and when one way is closed tries another: other operations, other titles,
another protocol. Together they show whom an attacker is after."""
benign = "Companies that check a number by several routes; lookups for short messages count only beside other questions."
remedy = "Protect the subscriber: refuse what comes for him from outside, tell him, look at who asked."
references = ["T1430.002", "FGT5012.008", "MOT5012.501"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
minutes_between = 60        # from one question to the next
requests_at_least = 3       # or two operations, or two networks
*/
with asked as (
  select
    request.*, case when kind = 'map' then code in (22, 24, 45, 55, 58, 70, 71, 83, 85)
      else code in (306, 319, 8388620, 8388622, 8388647) end as locates
  from request
  where from_outside and kind in ('map', 'diameter')
    and (category in ('1', 'SMS') or (category = '2' and (subscriber.party = 'home' or not same_network(caller, subscriber))))
),
targeted as (
  select asked.* replace (coalesce(asked.imsi, bound.imsi) as imsi), coalesce(asked.imsi, bound.imsi, asked.msisdn) as target
  from asked
  asof left join imsi_of_msisdn bound on bound.msisdn = asked.msisdn and asked.seen_at >= bound.since
  where locates
),
stepped as (
  select
    *, seen_at - lag(seen_at) over (partition by target order by seen_at, kind, id) > to_minutes($minutes_between) as begins
  from targeted
  where target is not null
),
campaign as (
  select *, count(*) filter (where begins) over (partition by target order by seen_at, kind, id rows unbounded preceding) as nth
  from stepped
),
summed as (
  select
    target, nth, max(imsi) as imsi, max(msisdn) as msisdn, min(seen_at) as first_seen, max(coalesce(answered_at, seen_at)) as last_seen,
    if(count(distinct gt) + count(distinct host) = 1, max(gt), null) as gt, if(count(distinct gt) + count(distinct host) = 1, max(host), null) as host,
    if(count(distinct gt) + count(distinct host) = 1, max(realm), null) as realm,
    count(*) as requests, count(distinct operation) as operations, count(distinct called(caller)) as networks, count(distinct kind) as protocols,
    count(*) filter (where category <> 'SMS') as others, bool_or(answer = 'answered' and category <> 'SMS') as answered,
    bool_and(answer = 'refused') as refused, string_agg(distinct operation, ', ' order by operation) as names,
    flatten(list(evidence order by seen_at, kind, id))[:200] as evidence
  from campaign
  group by target, nth
)
select
  first_seen, last_seen, imsi, msisdn, gt, host, realm, null as agent,
  case when answered then 'answered' when refused then 'refused' else 'unknown' end as answer,
  case when answered and (networks > 1 or protocols > 1) then 'critical' when answered then 'high' else 'medium' end as severity,
  null as confidence, evidence,
  requests || ' questions from outside by ' || networks || case when networks = 1 then ' network' else ' networks' end || ' within '
    || greatest(1, date_diff('minute', first_seen, last_seen)) || ' minutes for one subscriber: ' || names as explanation
from summed
where (others > 0 and (operations > 1 or others >= $requests_at_least or (networks > 1 and others > 1)))
  or (requests >= $requests_at_least and networks > 1)
