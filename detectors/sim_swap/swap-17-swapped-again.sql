/*
id = "SWAP-17"
title = "One number swapped again and again"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
A victim whose number was given back is robbed again by the same way; a number that is fought over changes its SIM again and again."""
benign = """
A SIM that does not work and is replaced again: below the limit of the regime, or told as low."""
remedy = """
Lock the number against swaps but in person, with identity checked by another member of staff."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"
*/
with counted as (
  select
    id, count(*) over month as changes, list(id) over month as ids, min(completed_at) over month as since
  from repeated_change
  where event <> 'multi_sim'
  window month as (partition by msisdn order by completed_at range between interval 30 days preceding and current row)
)
select
  since as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when used and improper then 'medium' end as severity, null as confidence,
  list_transform(ids, lambda one: evidence_of('swap', one)) || use_evidence as evidence,
  'The number''s SIM was changed ' || changes || ' times in 30 days; the last time: ' || called || follow as explanation
from counted join followed_change using (id)
where changes > $max_swaps_per_subscriber_per_month
