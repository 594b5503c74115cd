/*
id = "SWAP-06"
title = "Money from a device that the number never had, after a swap"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
ITU holds a changed IMSI together with a changed IMEI for a high probability of fraud."""
benign = """
A new telephone with its new SIM, bought in a shop where identity was checked and both sides told: not reported."""
remedy = """
Ask for the customer's identity anew where both IMSI and IMEI changed, before any payment."""
references = ["T1451", "T1111"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"
*/
with used as (
  select change.*, sim_use.used_at, sim_use.id as use_id, sim_use.imei, sim_use.event as use_event
  from sim_use join followed_change change on change.id = change_id
  where kind = 'money' and sim_use.imei is not null and (improper or money_too_soon)
),
known as (
  select used.use_id, count(distinct left(event.imei, 14)) as devices, bool_or(left(event.imei, 14) = left(used.imei, 14)) as known
  from used
  join (select * from dfs_event where imei is not null) event on event.msisdn = used.msisdn and event.occurred_at < completed_at
  group by all
),
paid as (
  select id, count(*) as payments, max(used_at) as paid_at, min(devices) as devices, list(evidence_of('dfs', use_id) order by used_at, use_id)[:20] as evidence
  from used join known using (use_id)
  where not known
  group by id
)
select
  completed_at as first_seen, paid_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when not improper then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] || evidence as evidence,
  called || '; then ' || payments || if(payments = 1, ' payment', ' payments')
    || ' from a device that the number had not been seen with before, when it had ' || devices as explanation
from paid join followed_change using (id)
