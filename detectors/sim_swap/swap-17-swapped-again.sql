/*
id = "SWAP-17"
title = "One number swapped again and again"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
A victim whose number was given back is robbed again by the same way; a number that is fought over changes its SIM again and again. Some regimes ask for hours
between two changes."""
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
    change.id, count(*) over month as changes, list(change.id) over month as ids, min(change.completed_at) over month as since,
    change.completed_at - lag(change.completed_at) over number < to_hours($min_hours_between_swaps) as too_soon_again,
    lag(change.completed_at) over number as before_at, lag(change.id) over number as before_id,
    change.improper and change.used as taken, count(*) filter (where change.improper and change.used) over month as times_taken
  from repeated_change join followed_change change using (id)
  where change.event <> 'multi_sim'
  window
    number as (partition by change.msisdn order by change.completed_at, change.id),
    month as (partition by change.msisdn order by change.completed_at range between interval 30 days preceding and current row)
)
select
  least(since, before_at) as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when taken and times_taken > 1 then 'high' when used and improper then 'medium' end as severity, null as confidence,
  list_transform(list_distinct(if(before_id is null, ids, [before_id] || ids)), lambda one: evidence_of('swap', one)) || use_evidence as evidence,
  'The number''s SIM was changed ' || changes || if(changes = 1, ' time', ' times') || ' in 30 days'
    || case when taken and times_taken > 1 then ', ' || times_taken || ' of them not proper and used' else '' end
    || case when too_soon_again then ', the last time ' || round(date_diff('minute', before_at, completed_at) / 60, 1)
         || ' hours after the one before, where the regime asks for ' || $min_hours_between_swaps else '' end
    || '; the last time: ' || called || follow as explanation
from counted join followed_change using (id)
where changes > $max_swaps_per_subscriber_per_month or too_soon_again or taken and times_taken > 1
