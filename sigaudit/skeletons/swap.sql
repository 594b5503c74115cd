/*
id = {id}
title = {title}
threat = {threat}
severity = "medium"           # info, low, medium, high, critical; the SELECT may give a row another
confidence = 0.5              # 0 to 1: how sure it is that rows like these are a fraud
why = """
State why it matters: what a fraudster gains."""
benign = "State the harmless swaps that look like it, and how to tell them apart."
remedy = "State what the operator should do."
references = []               # ids of MITRE ATT&CK (T…), MITRE FiGHT (FGT…), GSMA MoTIF (MOT…)
needs = ["swap"]              # tables that must have rows, keys that network.toml must have
split_by = "subscriber"       # or "source": what an incident is about

[defaults]
quickest_minutes = 5          # from the request for a swap to its end
*/
select
  requested_at as first_seen, completed_at as last_seen,
  new_imsi as imsi, msisdn, null as gt, null as host, null as realm, agent_id as agent,
  null as answer, null as severity, null as confidence, [evidence_of('swap', id)] as evidence,
  'SIM swap by ' || coalesce('agent ' || agent_id, 'an unnamed agent') || ' done within '
    || date_diff('minute', requested_at, completed_at) || ' minutes' as explanation
from swap
where outcome = 'completed' and completed_at < requested_at + to_minutes($quickest_minutes)
