/*
id = "SWAP-26"
title = "An account that lay still, woken after a swap"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
Nobody misses a number whose account lies still; thieves, and insiders who can see balances, look for such."""
benign = """
A customer who comes back to his account after a proper swap and when the cooling-off time is over: not reported."""
remedy = """
Ask for identity anew before the first payment of an account that lay still."""
references = ["T1451"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"
*/
with paid as (
  select change_id, min(used_at) as paid_at, list(evidence order by used_at, id)[:20] as paid_evidence
  from sim_use
  where kind = 'money'
  group by change_id
),
change as (
  select followed_change.*, paid_at, paid_evidence
  from followed_change join paid on change_id = id
  where improper or money_too_soon
),
before as (
  select change.id, max(occurred_at) as last_before
  from change join dfs_event event on event.msisdn = change.msisdn and event.occurred_at < completed_at
  where coalesce(event.outcome, 'success') = 'success'
  group by all
)
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when not improper then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] || paid_evidence as evidence,
  'Nothing happened at the account for ' || date_diff('day', last_before, completed_at) || ' days; ' || called || follow as explanation
from change join before using (id)
where last_before < completed_at - to_days($dormant_account_days)
