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
  select 'IMSI ' || new_imsi as what, 'sim' as sort, * from followed_change where new_imsi is not null and event <> 'multi_sim'
  union all
  select 'SIM ' || new_iccid, 'sim', * from followed_change where new_iccid is not null and event <> 'multi_sim'
  union all
  select 'device ' || left(new_imei, 14), 'device', * from followed_change where new_imei is not null and improper
),
shared as (
  select what, sort
  from given
  group by all
  having count(distinct msisdn) > if(sort = 'sim', $max_numbers_per_imsi, $max_swaps_per_device_per_week)
),
near as (
  select
    given.*, count(distinct msisdn) over week as numbers, list(id) over week as ids, min(completed_at) over week as since, bool_or(money_too_soon) over week as robbed
  from given semi join shared using (what)
  window week as (partition by what order by completed_at range between interval 7 days preceding and current row)
)
select
  since as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when robbed then 'high' end as severity, null as confidence,
  list_transform(ids, lambda one: evidence_of('swap', one)) || use_evidence as evidence,
  'The ' || what || ' got ' || numbers || ' numbers within 7 days, the last by: ' || called || follow as explanation
from near
where numbers > if(sort = 'sim', $max_numbers_per_imsi, $max_swaps_per_device_per_week)
