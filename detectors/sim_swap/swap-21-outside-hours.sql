/*
id = "SWAP-21"
title = "SIM swapped over the counter while outlets are closed"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.5
why = """
A swap by an agent's login at night is done by somebody else with that login, or by an agent who does not want to be seen."""
benign = """
Outlets that are open at night: where more than one in ten of all swaps over the counter are done then, or the agent does so as a rule, none is told."""
remedy = """
Close agents' logins outside of their hours."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
baseline = 20                # swaps over the counter before hours are judged
habit = 3                    # such swaps by one agent
*/
with counter as (
  select
    *, hour(done_locally) < $swaps_from_hour or hour(done_locally) >= $swaps_until_hour as closed
  from followed_change
  where channel in ('store', 'agent')
),
usual as (
  select
    *, count(*) over () as swaps, count(*) filter (where closed) over () as closed_swaps,
    count(*) over (partition by agent_id) as of_agent, count(*) filter (where closed) over (partition by agent_id) as closed_of_agent
  from counter
)
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when improper and (money_too_soon or agent_id is not null and closed_of_agent >= $habit) then 'high' when used and (improper or too_soon) then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence,
  called || ', done at ' || strftime(done_locally, '%H:%M') || ' local time, as ' || closed_swaps || ' of ' || swaps || ' over the counter' || follow as explanation,
  case when swaps < $baseline then $baseline || ' swaps over the counter' end as missing
from usual
where closed and closed_swaps <= 0.1 * swaps + 1 and (of_agent < 10 or closed_of_agent <= 0.5 * of_agent)
