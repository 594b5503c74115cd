/*
id = "SWAP-27"
title = "One payee gets the money of several swapped numbers"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.8
why = """
The money of many victims goes to the few accounts of those who fetch it."""
benign = """
A shop or a biller, whom many pay: of its payers but a small share were swapped."""
remedy = """
Freeze the payee's account; call the payers."""
references = ["T1451"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"

[defaults]
victims = 2                  # swapped numbers that paid
share = 0.5                  # of all who paid
*/
with paid as (
  select sim_use.*, change.msisdn, change.new_imsi, not coalesce(change.verified, true) or used_at < completed_at + to_hours($swap_cooling_off_hours) as suspicious
  from sim_use join sim_change change on change.id = change_id
  where kind = 'money' and payee is not null
),
payee as (
  select payee, count(distinct msisdn) as victims
  from paid
  where suspicious
  group by payee
  having victims >= $victims
),
every as (
  select event.payee, count(distinct event.msisdn) as payers
  from dfs_event event semi join payee using (payee)
  group by all
)
select
  min(completed_at) as first_seen, max(used_at) as last_seen, change.new_imsi as imsi, change.msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, null as severity, null as confidence,
  [evidence_of('swap', change.id)] || list(paid.evidence order by used_at, paid.id)[:20] as evidence,
  called || '; then a payment to ' || payee || ', who got money of ' || victims || ' numbers soon after their swaps, of ' || payers || ' payers in all' as explanation
from paid join payee using (payee) join every using (payee)
join followed_change change on change.id = change_id
where victims >= $share * payers and suspicious
group by change.id, change.new_imsi, change.msisdn, agent_id, called, payee, victims, payers
