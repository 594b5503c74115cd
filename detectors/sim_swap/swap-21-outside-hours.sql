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
  select id, agent_id, hour(done_locally) < $swaps_from_hour or hour(done_locally) >= $swaps_until_hour as closed
  from sim_change
  where channel in ('store', 'agent')
),
everybody as (
  select count(*) as swaps, count(*) filter (where closed) as closed_swaps from counter
),
agent as (
  select agent_id, count(*) as of_agent, count(*) filter (where closed) as closed_of_agent from counter group by agent_id
),
unusual as (
  select counter.id, swaps, closed_swaps, of_agent, if(counter.agent_id is null, 0, closed_of_agent) as closed_of_agent
  from counter, everybody
  join agent on agent.agent_id is not distinct from counter.agent_id
  where closed and closed_swaps <= 0.1 * swaps + 1
    and (counter.agent_id is null or of_agent < 10 or closed_of_agent <= 0.5 * of_agent)
)
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case
    when improper and (money_too_soon or closed_of_agent >= $habit) then 'high'
    when used and (improper or too_soon) then 'medium'
  end as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence,
  called || ', done at ' || strftime(done_locally, '%H:%M') || ' local time, as ' || closed_swaps || ' of ' || swaps || ' over the counter' || follow as explanation,
  case when swaps < $baseline then $baseline || ' swaps over the counter' end as missing
from unusual join followed_change using (id)
