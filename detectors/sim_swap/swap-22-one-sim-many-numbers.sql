/*
id = "SWAP-22"
title = "One new SIM or device for several numbers"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.8
why = """
A thief with one telephone puts one stolen number after the other into it."""
benign = """
A shop's own telephone, in which a new SIM is tried: with identity checked and both sides told, that does not count. A SIM with several numbers by intention is a further SIM in the log."""
remedy = """
Refuse a SIM that has a number already; ask why a device gets its third number in a week."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event"]
split_by = "subscriber"
*/
with given as (
  select 'IMSI ' as sort, new_imsi as number, id, msisdn, completed_at from sim_change where new_imsi is not null and event <> 'multi_sim'
  union all
  select 'SIM ', new_iccid, id, msisdn, completed_at from sim_change where new_iccid is not null and event <> 'multi_sim'
  union all
  select 'device ', left(new_imei, 14), id, msisdn, completed_at from sim_change where new_imei is not null and improper
),
shared as (
  select sort, number
  from given
  group by all
  having min(msisdn) <> max(msisdn)
),
near as (
  select
    sort, number, id, count(distinct msisdn) over week as numbers, list(id) over week as ids, min(completed_at) over week as since
  from given semi join shared using (sort, number)
  window week as (partition by sort, number order by completed_at range between interval 7 days preceding and current row)
),
many as (
  select *
  from near
  where numbers > if(sort = 'device ', $max_swaps_per_device_per_week, $max_numbers_per_imsi)
),
robbed as (
  select many.id, sort, bool_or(money_too_soon) as robbed
  from (select id, sort, unnest(ids) as one from many) many join followed_change change on change.id = one
  group by all
)
select
  since as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when robbed then 'high' end as severity, null as confidence,
  list_transform(ids, lambda one: evidence_of('swap', one)) || use_evidence as evidence,
  'The ' || sort || number || ' got ' || numbers || ' numbers within 7 days, the last by: ' || called || follow as explanation
from many join robbed using (id, sort) join followed_change using (id)
