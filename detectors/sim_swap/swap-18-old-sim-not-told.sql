/*
id = "SWAP-18"
title = "The old SIM was not told of the swap, or too late"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.7
why = """
A message to the old SIM is how a subscriber learns in time that somebody takes his number."""
benign = """
A SIM that was stolen is told nevertheless: the message costs nothing. A log that never says when is not held against anybody."""
remedy = """
Tell the old SIM as soon as a swap is asked for, and wait for a while before it is done."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"
*/
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, weakness as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence,
  called || '; the old SIM was '
    || coalesce('told ' || date_diff('minute', coalesce(requested_at, completed_at), subscriber_notified_at) || ' minutes after it was asked for', 'not told')
    || follow as explanation
from followed_change
where not subscriber_told
union all by name
select * exclude (control) from unstated_control where control = 'subscriber_notified_at'
