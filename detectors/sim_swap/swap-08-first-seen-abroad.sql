/*
id = "SWAP-08"
title = "A new SIM from a shop at home first registers abroad"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
Who gets a SIM over the counter is there with it; when it first registers in another country, somebody else has it, or an eSIM went abroad."""
benign = """
A traveller's swap by telephone or app; a flight soon after the swap, which takes longer than this rule waits."""
remedy = """
Hold payments until the subscriber is called back on another way; give eSIMs only to devices in the country."""
references = ["T1451"]
needs = ["swap", "map_component or diameter_message"]
better_with = ["dfs_event"]
split_by = "subscriber"

[defaults]
within_minutes = 120         # nobody who was in the shop is there so soon, but at a border
*/
with first as (
  select imsi, seen_at, visited, gt, host, realm, evidence
  from sim_registration
  qualify row_number() over (partition by imsi order by seen_at, id) = 1
)
select
  completed_at as first_seen, greatest(last_use_at, first.seen_at) as last_seen, new_imsi as imsi, msisdn, gt, host, realm,
  agent_id as agent, null as answer,
  case when money_too_soon then 'critical' when used then 'high' when improper then 'medium' end as severity, null as confidence,
  [evidence_of('swap', id)] || first.evidence || use_evidence as evidence,
  called || '; ' || date_diff('minute', completed_at, first.seen_at) || ' minutes later the new SIM registered for the first time, in '
    || called(visited) || follow as explanation
from followed_change change
join first on first.imsi = new_imsi
where channel in ('store', 'agent') and event = 'swap'
  and first.seen_at between completed_at - interval 5 minutes and completed_at + to_minutes($within_minutes)
  and visited.party <> 'home' and visited.country not in ('ZZ', home_country())
