/*
id = "SWAP-05"
title = "Swapped, and swapped back"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
A thief who gives the number back after use keeps the subscriber from noticing. The swap back is his, not the subscriber's."""
benign = """
A new SIM that does not work is taken back at once by those who gave it; with identity checked, both sides told and no use between, that is not reported."""
remedy = """
Look at what the number was used for in between; ask the subscriber."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"
*/
select
  previous_at as first_seen, back.completed_at as last_seen, back.new_imsi as imsi, back.msisdn,
  null as gt, null as host, null as realm, coalesce(change.agent_id, back.agent_id) as agent, null as answer,
  case
    when change.used and change.first_use_at < back.completed_at and (change.money or change.improper) then 'critical'
    when back.improper or change.improper then 'medium'
    else 'low'
  end as severity, null as confidence,
  [evidence_of('swap', previous_id), evidence_of('swap', back.id)] || use_evidence as evidence,
  called || '; ' || round(date_diff('minute', previous_at, back.completed_at) / 60, 1) || ' hours later the number was back on its old SIM'
    || case when change.used then follow else '; no use of it in between' end as explanation
from repeated_change back
join followed_change change on change.id = back.previous_id
where back.new_imsi = back.previous_old_imsi and back.completed_at <= previous_at + to_hours($swap_back_hours)
  and (change.improper or back.improper or change.used)
