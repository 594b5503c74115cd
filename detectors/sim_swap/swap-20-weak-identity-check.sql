/*
id = "SWAP-20"
title = "SIM swapped with a weak identity check, or none"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.7
why = """
What a subscriber knows is for sale; without a document or a fingerprint anybody can have his number."""
benign = """
A regime that accepts answers to questions says so in accepted_id_checks. A log that never says how is not held against anybody."""
remedy = """
Ask for a document or a fingerprint for each swap, whatever the channel."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"
*/
select
  completed_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, if(used and weakness = 'low', 'medium', weakness) as severity, null as confidence,
  [evidence_of('swap', id)] || use_evidence as evidence, called || follow as explanation
from followed_change
where not verified
union all by name
select * exclude (control) from unstated_control where control = 'id_check'
