-- A row a subscriber and day: who asked what about him, and how he travelled.
with asked as (
  select
    imsi as entity, time_bucket(interval 1 day, seen_at) as stretch, id, seen_at, kind, code, operation, category, answer, from_outside,
    coalesce(gt, lower(host)) as source, caller, evidence,
    kind = 'map' and code in (2, 23) or kind = 'diameter' and operation = 'Update-Location' as registers,
    kind = 'map' and code in (70, 71, 83) or kind = 'diameter' and operation = 'Provide-Location' as locates,
    kind = 'map' and code = 70 as asks_state,
    kind = 'map' and code in (22, 24, 45, 58) as looks_up,
    kind = 'map' and code in (44, 46) as carries_message,
    kind = 'map' and code = 56 or kind = 'diameter' and operation = 'Authentication-Information' as takes_vectors,
    kind = 'map' and code in (3, 7, 8, 67) as changes
  from request
  where imsi is not null and subscriber.party = 'home'
),
counted as (                                -- how many location updates came before
  select *, sum(registers::integer) over (partition by entity order by seen_at, id rows unbounded preceding) as place
  from asked
),
between_updates as (
  select entity, stretch, max(questions) as questions
  from (select entity, stretch, place, sum(asks_state::integer) as questions from counted group by all)
  group by all
),
journey as (
  select
    imsi, since, called(visited) as network, visited.country as country,
    lag(visited.country) over by_time as country_before, epoch(since - lag(since) over by_time) / 3600 as hours
  from registered
  where certain
  window by_time as (partition by imsi, domain order by since, id)
),
travel as (
  select imsi as entity, time_bucket(interval 1 day, since) as stretch, max(coalesce(kilometres, 0) / greatest(hours, 0.1)) as speed
  from journey left join country_distance on country_distance.one = country_before and country_distance.other = country
  group by all
)
select
  'subscriber' as about, 'imsi' as kind, entity, min(seen_at) as first_seen, max(seen_at) as last_seen,
  bool_or(coalesce(from_outside, false)) as from_outside, '' as caller, bool_or(answer in ('answered', 'unknown')) as answered,
  list(evidence[1] order by coalesce(from_outside, false) desc, id)[:100] as evidence,
  count(*) as requests,
  count(distinct (kind, code)) as operations,
  count(distinct source) as sources,
  count(distinct called(caller)) as networks,
  count(*) filter (where registers) as location_updates,
  count(*) filter (where locates) as location_requests,
  any_value(questions) as psi_between_updates,
  count(*) filter (where looks_up) as lookups,
  count(*) filter (where carries_message) as messages,
  greatest(0, count(*) filter (where takes_vectors) - count(*) filter (where registers)) as vectors_without_update,
  count(*) filter (where changes) as changes_of_data,
  count(*) filter (where coalesce(category, '') = '1') as never_between_networks,
  avg((answer = 'refused')::integer) as refused,
  avg((answer = 'no_answer')::integer) as without_answer,
  coalesce(any_value(speed), 0) as speed
from counted
join between_updates using (entity, stretch)
left join travel using (entity, stretch)
group by entity, stretch
having count(*) >= 3
