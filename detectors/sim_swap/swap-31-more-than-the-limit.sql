/*
id = "SWAP-31"
title = "More money moved after a SIM swap than the regime allows"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
A limit after a swap keeps a thief from emptying the account before the subscriber notices. A sum beyond it means that the services do not keep the limit."""
benign = "A customer whose payments are in another currency than the limit: they are not counted."
remedy = "Let financial services ask for the latest change of SIM before each payment, and hold what goes beyond the limit."
references = ["T1451"]
needs = ["swap", "dfs_event", "policy.transfer_limit_after_swap"]
split_by = "subscriber"
*/
with moved as (
  select
    change.id, sum(event.amount) as total, count(*) as payments, max(event.occurred_at) as paid_at,
    list(evidence_of('dfs', event.id) order by event.amount desc, event.occurred_at, event.id)[:20] as evidence
  from (select id, msisdn, completed_at from sim_change) change
  join (select * from dfs_event where kind_of_use(event) = 'money' and coalesce(outcome, 'success') = 'success') event
    on event.msisdn = change.msisdn and event.occurred_at >= completed_at and event.occurred_at < completed_at + to_hours($transfer_limit_hours)
  where coalesce(event.currency = $transfer_limit_currency, true)
  group by change.id
  having total > $transfer_limit_after_swap
)
select
  completed_at as first_seen, paid_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, case when improper then 'high' end as severity, null as confidence,
  [evidence_of('swap', id)] || moved.evidence as evidence,
  called || '; then ' || payments || if(payments = 1, ' payment', ' payments') || ' of ' || total || ' in all within ' || $transfer_limit_hours
    || ' hours, where the limit is ' || $transfer_limit_after_swap::varchar || coalesce(' ' || $transfer_limit_currency::varchar, '') as explanation
from moved join followed_change using (id)
