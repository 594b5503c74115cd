/*
id = "SWAP-25"
title = "Money moved although the SIM was not the known one, or nobody looked"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
ITU has financial services compare the IMSI behind a payment with the one that they know. A payment that goes through with another one, or without the question
after a swap, is what the check is for."""
benign = """
A payment that is refused because of the IMSI; a check that a service makes of some payments only, where no swap came before."""
remedy = """
Refuse payments of a changed IMSI until the customer is known again; ask before each payment."""
references = ["T1451"]
needs = ["dfs_event"]
better_with = ["swap"]
split_by = "subscriber"
*/
with paid as (
  select * from dfs_event
  where event in ('transfer', 'cash_out') and coalesce(outcome, 'success') = 'success' and imsi_check in ('mismatch', 'not_done')
),
swapped as (
  select id, change_id, imsi_check from sim_use where kind = 'money' and seen_by = 'dfs'
),
judged as (
  select paid.*, change_id, called, agent_id, new_imsi, improper, completed_at
  from paid left join swapped using (id) left join followed_change change on change.id = change_id
  where paid.imsi_check = 'mismatch' or change_id is not null
)
select
  coalesce(completed_at, occurred_at) as first_seen, occurred_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when change_id is not null and improper then 'high' when imsi_check = 'not_done' and not coalesce(improper, false) then 'low' end as severity, null as confidence,
  case when change_id is null then [] else [evidence_of('swap', change_id)] end || [evidence_of('dfs', id)] as evidence,
  'A ' || replace(event, '_', '-') || coalesce(' at ' || provider, '') || ' went through '
    || if(imsi_check = 'mismatch', 'although the IMSI was not the known one', 'and nobody compared the IMSI')
    || coalesce('; before it: ' || called, '') as explanation
from judged
union all by name
select
  min(occurred_at) as first_seen, max(occurred_at) as last_seen, null as msisdn, [evidence_of('dfs', min(id))] as evidence,
  'not assessed' as explanation, 'imsi_check in the log of the financial service' as missing
from dfs_event
having count(*) > 0 and count(imsi_check) = 0
