/*
id = "SWAP-30"
title = "A new payee near a SIM swap"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
A payee that is added close to a swap is, as ITU-T has it, a sign of a take-over: the thief names his account shortly before or after he has the number, and pays to it."""
benign = """
A customer who adds a payee near a swap with identity checked and both sides told, and pays when the cooling-off time is over: not reported."""
remedy = "Hold payees that are added within days of a swap until the customer is called back on another way."
references = ["T1451"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"
*/
with added as (
  select
    change.id, change.completed_at, event.id as added_id, event.occurred_at as added_at, event.payee
  from (select id, msisdn, completed_at, coalesce(requested_at, completed_at) as asked_at from sim_change) change
  join (select * from dfs_event where event = 'payee_added' and coalesce(outcome, 'success') = 'success') event
    on event.msisdn = change.msisdn and event.occurred_at >= asked_at - to_hours($payee_near_swap_hours)
      and event.occurred_at <= completed_at + to_hours($payee_near_swap_hours)
),
paid as (
  select
    added.id, min(added_at) as added_at, count(distinct added_id) as payees, count(distinct money.id) as payments, max(money.used_at) as paid_at,
    bool_or(added_at >= completed_at) as added_after, bool_or(money.used_at < completed_at + to_hours($swap_cooling_off_hours)) as paid_too_soon,
    list(distinct evidence_of('dfs', added_id) order by evidence_of('dfs', added_id))[:20]
      || coalesce(list(distinct money.evidence order by money.evidence) filter (where money.id is not null), [])[:20] as evidence
  from added
  left join (select * from sim_use where kind = 'money') money
    on money.change_id = added.id and money.payee = added.payee and money.used_at >= added_at
  group by added.id
)
select
  least(added_at, completed_at) as first_seen, greatest(completed_at, paid_at, added_at) as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when payments > 0 and improper then 'high' when payments = 0 and not added_after then 'low' end as severity, null as confidence,
  [evidence_of('swap', id)] || paid.evidence as evidence,
  if(payees = 1, 'A new payee', payees || ' new payees') || if(added_at < completed_at, ' before the change, the first ', ' after the change, the first ')
    || round(abs(date_diff('minute', completed_at, added_at)) / 60, 1) || ' hours from it; ' || called
    || case when payments > 0 then '; ' || payments || if(payments = 1, ' payment', ' payments') || ' to it' else '; nothing paid to it' end as explanation
from paid join followed_change using (id)
where improper or coalesce(paid_too_soon, false)
