/*
id = "SWAP-10"
title = "Used within the cooling-off time after a swap"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
The cooling-off time gives the subscriber the time to notice that his number was taken. A payment or a new PIN in it means that nobody kept it;
a one-time password in it does too, where the swap itself was not proper."""
benign = """
One-time passwords with which a customer enrols his new telephone, after a swap with identity checked and both sides told: not reported. He can pay
when the time is over."""
remedy = """
Refuse PIN resets and payments until the cooling-off time is over; one-time passwords too where the swap was not proper."""
references = ["T1451", "T1111"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"
*/
with early as (
  select change_id as id, max(used_at) as last_early_at, list(evidence order by used_at, seen_by, sim_use.id)[:20] as early_evidence
  from sim_use join sim_change on sim_change.id = change_id
  where used_at < completed_at + to_hours($swap_cooling_off_hours)
    and (kind in ('money', 'reset') or improper and kind in ('password', 'payee'))
  group by change_id
)
select
  completed_at as first_seen, last_early_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when money_too_soon and improper then 'high' end as severity, null as confidence,
  [evidence_of('swap', id)] || early_evidence as evidence,
  called || follow || '; the cooling-off time is ' || $swap_cooling_off_hours || ' hours' as explanation
from early join followed_change using (id)
