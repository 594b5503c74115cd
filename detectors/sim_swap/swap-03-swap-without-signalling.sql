/*
id = "SWAP-03"
title = "A swap in the log whose new SIM never registered"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.5
why = """
A swap that no SIM stands behind was made up: agents are paid by the swap, and a made-up row covers for a real one."""
benign = """
A telephone that stays off, or registers by a way that is not captured: the rule holds only where the captures show the other swaps' SIMs."""
remedy = """
Ask the agent for the SIM; pay for swaps once the SIM has registered."""
references = ["T1451"]
needs = ["swap", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
habit = 3                    # such swaps by one agent
*/
with silent as (
  select sim_change.*, coverage.covered, coverage.until as captured_until, coverage.since as captured_since
  from sim_change, registration_coverage coverage
  where event = 'swap' and outcome = 'completed' and new_imsi is not null
    and not exists (from sim_registration registration where registration.imsi = new_imsi)
    and not exists (from imsi_of_msisdn known where known.imsi = new_imsi and known.evidence.kind <> 'swap')
    and not exists (from repeated_change next where next.previous_id = sim_change.id)
),
counted as (
  select *, count(*) over (partition by agent_id) as by_agent
  from silent
)
select
  completed_at as first_seen, completed_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when agent_id is not null and by_agent >= $habit then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] as evidence,
  swap_called(event, agent_id, outlet_id, channel, id_check) || '; the new SIM did not register in the '
    || $registration_after_swap_hours || ' hours after, while nine in ten others did'
    || case when agent_id is not null and by_agent >= $habit then '; one of ' || by_agent || ' such swaps by the agent' else '' end as explanation,
  case
    when not coalesce(covered, false) or completed_at < captured_since
      or completed_at + to_hours($registration_after_swap_hours) > captured_until then 'coverage'
  end as missing
from counted
