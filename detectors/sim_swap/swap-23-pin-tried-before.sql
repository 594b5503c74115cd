/*
id = "SWAP-23"
title = "PIN or password tried in vain, then the SIM was swapped"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.6
why = """
A thief who knows the number but not the PIN tries to reset it, and takes the SIM when that fails."""
benign = """
A customer who forgot his PIN and replaces his telephone too: once is not counted, and low where identity was checked, both sides told and nothing moved."""
remedy = """
Let the operator know of resets that failed, and hold swaps of such numbers."""
references = ["T1451", "T1110"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"

[defaults]
attempts = 2
*/
with attempt as (
  select *
  from dfs_event
  where event in ('pin_reset', 'password_reset', 'otp_verified') and outcome = 'failure'
),
tried as (
  select
    change.id, count(*) as attempts, min(occurred_at) as tried_at, list(evidence_of('dfs', attempt.id) order by occurred_at, attempt.id)[:20] as evidence
  from (select id, msisdn, completed_at, coalesce(requested_at, completed_at) as asked_at from sim_change) change
  join attempt on attempt.msisdn = change.msisdn
  where occurred_at < completed_at and occurred_at >= asked_at - to_hours($pin_reset_before_swap_hours)
  group by all
)
select
  tried_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when money_too_soon then 'critical' when used and improper then 'high' when not improper then 'low' end as severity, null as confidence,
  tried.evidence || [evidence_of('swap', id)] || use_evidence as evidence,
  attempts || ' attempts at a PIN or password failed, the first ' || round(date_diff('minute', tried_at, completed_at) / 60, 1) || ' hours before; '
    || called || follow as explanation
from tried join followed_change using (id)
where attempts >= $attempts
