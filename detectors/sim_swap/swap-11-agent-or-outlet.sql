/*
id = "SWAP-11"
title = "An agent or outlet with a habit of careless swaps"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
Most fraudulent swaps come from few agents: bribed, careless, or with a stolen login. What is a slip once is a habit when it is told of one agent again and again."""
benign = """
A busy day, or a company that changes all its SIMs: swaps with identity checked and both sides told do not count. An agent is held against the others,
so that a way of working that all share is not his habit."""
remedy = """
Suspend the agent's login and look through his swaps; call their subscribers."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event"]
split_by = "source"

[defaults]
careless = 5                 # such swaps before they are held against the others'
deviations = 3               # from the others' share
robbed = 3                   # swaps followed by a payment within the cooling-off time
*/
with place as (
  select 'agent ' || agent_id as who, * from followed_change where agent_id is not null
  union all
  select 'outlet ' || outlet_id as who, * from followed_change where outlet_id is not null
),
total as (
  select
    split_part(who, ' ', 1) as sort, who, count(*) as swaps, count(*) filter (where improper) as careless,
    count(*) filter (where improper and money_too_soon) as robbed
  from place
  group by all
),
compared as (
  select
    *,
    (sum(careless) over (partition by sort) - careless) / nullif(sum(swaps) over (partition by sort) - swaps, 0) as others,
    careless / swaps as share
  from total
),
habit as (                                  -- against the peers: the share of careless swaps, in standard deviations
  select *, (share - others) / sqrt(greatest(others * (1 - others), 0.01) / swaps) as deviations
  from compared
),
burst as (                                  -- against the regime and against own history: careless swaps in any 24 hours
  select
    who, id, completed_at, count(*) over (partition by who order by completed_at range between interval 24 hours preceding and current row) as in_a_day
  from place
  where improper
),
worst as (
  select who, max(in_a_day) as in_a_day, arg_max(completed_at, in_a_day) as until
  from burst
  group by who
),
judged as (
  select
    habit.*, in_a_day, until,
    in_a_day > if(sort = 'agent', $max_swaps_per_agent_per_day, $max_swaps_per_outlet_per_day) as too_many,
    careless >= $careless and deviations > $deviations as unlike_others,
    robbed >= $robbed as robs
  from habit join worst using (who)
),
chosen as (
  select * from judged where too_many or unlike_others or robs
)
select
  min(completed_at) as first_seen, max(completed_at) as last_seen, null as imsi, null as msisdn,
  null as gt, null as host, null as realm, regexp_replace(who, '^agent ', '') as agent, null as answer,
  case when robs then 'high' end as severity, null as confidence,
  list(evidence_of('swap', id) order by money_too_soon desc, completed_at, id)[:50] as evidence,
  upper(who[1]) || who[2:] || ': ' || careless || ' of ' || swaps || ' swaps without a sound identity check or notice in time'
    || case when others is not null then ', of the others'' swaps ' || round(100 * others)::bigint || ' in a hundred' else '' end
    || ', at most ' || in_a_day || ' in 24 hours; ' || robbed || ' of them followed by a payment within the cooling-off time' as explanation
from chosen join place using (who)
where improper
group by who, sort, careless, swaps, others, in_a_day, robbed, robs
