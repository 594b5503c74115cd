/*
id = "SWAP-19"
title = "The financial services were not told of the swap before its first use"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.7
why = """
A service that does not know of a swap cannot hold back passwords and payments."""
benign = """
A notice that comes within the time of the regime and before the first use. A log that never says when is not held against anybody."""
remedy = """
Tell the financial services of each swap at once, or let them ask before each payment (CAMARA SIM Swap)."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
clock_minutes = 10           # by which clocks of two logs may differ
*/
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, weakness as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence,
  called || '; the financial services were '
    || coalesce('told ' || date_diff('minute', completed_at, dfs_notified_at) || ' minutes after it', 'not told') || follow as explanation
from followed_change join swap_stated using (input_id)
where not dfs_told or states_dfs_notice and dfs_notified_at > first_use_at + to_minutes($clock_minutes)
union all by name
select * exclude (control) from unstated_control where control = 'dfs_notified_at'
