-- A row a title or Diameter host and hour, of what comes from outside: what it asked, of whom, and what came of it.
-- Shares are of the requests.
with asked as (
  select
    coalesce(gt, lower(host)) as entity, if(kind = 'diameter', 'host', 'gt') as kind, time_bucket(interval 1 hour, seen_at) as stretch,
    id, seen_at, code, category, operation, answer, from_outside, caller, subscriber, evidence,
    coalesce(imsi, msisdn) as about, coalesce(called_gt, lower(called_host), lower(called_realm)) as target
  from request
  where coalesce(from_outside, true) and coalesce(gt, host) is not null
),
beside as (
  select
    *,
    epoch(seen_at - lag(seen_at) over by_time) as gap,
    coalesce(about = lag(about) over by_time and code = lag(code) over by_time, false) as again,
    coalesce(epoch(lead(seen_at) over by_subscriber - seen_at) < 60 and lead(code) over by_subscriber <> code, false) and about is not null
      as followed
  from asked
  window
    by_time as (partition by kind, entity, stretch order by seen_at, id),
    by_subscriber as (partition by kind, entity, about order by seen_at, id)
),
counted as (
  select kind, entity, stretch, code, count(*) as times from asked group by kind, entity, stretch, code
),
mix as (
  select kind, entity, stretch, ln(sum(times)) - sum(times * ln(times)) / sum(times) as entropy
  from counted group by kind, entity, stretch
)
select
  'source' as about, kind, entity, min(seen_at) as first_seen, max(seen_at) as last_seen, bool_and(coalesce(from_outside, false)) as from_outside,
  called(any_value(caller order by id)) as caller, bool_or(answer in ('answered', 'unknown')) as answered,
  list(evidence[1] order by id)[:100] as evidence,
  count(*) as requests,
  count(distinct code) as operations,
  any_value(entropy) as mix_of_operations,
  count(distinct beside.about) as subscribers,
  count(distinct beside.about) / count(*) as subscribers_by_request,
  count(distinct called(subscriber)) as networks_of_subscribers,
  count(distinct target) as targets,
  avg((answer = 'refused')::integer) as refused,
  avg((answer = 'no_answer')::integer) as without_answer,
  avg((coalesce(category, '') = '1')::integer) as never_between_networks,
  avg((coalesce(category, '') = '2')::integer) as of_the_home_network_alone,
  avg(again::integer) as repeated,
  avg(followed::integer) as followed_by_another,
  coalesce(stddev_pop(gap) / nullif(avg(gap), 0), 0) as unevenness
from beside join mix using (kind, entity, stretch)
group by kind, entity, stretch
having count(*) >= 5
