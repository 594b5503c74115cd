/*
id = "SWAP-16"
title = "A number given to another subscriber while its accounts live on"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
Who gets a number that was somebody else's gets the one-time passwords of accounts that are still tied to it. Operators keep numbers back for a while, and
tell the financial services of new holders."""
benign = """
A new holder who opens an account of his own, with a number that was free long enough: not reported."""
remedy = """
Keep released numbers back as long as the regime asks; tell the financial services when a number gets a new holder, and have them untie it."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event"]
split_by = "subscriber"

[defaults]
watched_days = 30            # after the number has its new holder
*/
with reissued as (
  select
    swap.*, 'completed' as done,
    date_diff('hour', released_at, completed_at) / 24 as free_days
  from swap
  where outcome = 'completed' and completed_at is not null and (event = 'new' or reason = 'recycled')
),
before as (
  select reissued.id, max(event.occurred_at) as last_before, list(distinct event.account_id) filter (where event.account_id is not null) as accounts
  from reissued
  join dfs_event event on event.msisdn = reissued.msisdn and event.occurred_at < completed_at
  group by all
),
after as (
  select
    reissued.id, bool_or(event.event in ('transfer', 'cash_out') and coalesce(event.outcome, 'success') = 'success') as money,
    min(event.occurred_at) as first_use_at, max(event.occurred_at) as last_use_at, count(*) as uses,
    list(evidence_of('dfs', event.id) order by event.occurred_at, event.id)[:20] as use_evidence
  from reissued
  join before using (id)
  join dfs_event event on event.msisdn = reissued.msisdn and event.occurred_at >= completed_at
    and event.occurred_at < completed_at + to_days($watched_days) and kind_of_use(event.event) is not null
  where list_contains(accounts, event.account_id)
  group by all
),
judged as (
  select
    reissued.*, last_before, uses, coalesce(money, false) as money, last_use_at, coalesce(use_evidence, []) as use_evidence,
    coalesce(free_days, date_diff('hour', last_before, completed_at) / 24) as free_for,
    coalesce(free_for < $recycle_quarantine_days, false) as too_soon
  from reissued left join before using (id) left join after using (id)
)
select
  completed_at as first_seen, coalesce(last_use_at, completed_at) as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when money then 'high' when uses > 0 then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence,
  'Number given to a new subscriber ' || round(free_for)::bigint || ' days after ' || if(released_at is not null, 'its release', 'its former holder''s last payment or sign-in')
    || ', the regime asks for ' || $recycle_quarantine_days
    || case when uses > 0 then '; since then ' || uses || if(uses = 1, ' use', ' uses') || ' of an account that was tied to it before' else '' end as explanation
from judged
where too_soon or uses > 0
