/*
id = {id}
title = {title}
threat = {threat}
severity = "medium"           # info, low, medium, high, critical; the SELECT may give a row another
confidence = 0.5              # 0 to 1: how sure it is that traffic like this is an attack
why = """
State why it matters: what an attacker gains."""
benign = "State the harmless traffic that looks like it, and how to tell it apart."
remedy = "State what the operator should do."
references = []               # ids of MITRE ATT&CK (T…), MITRE FiGHT (FGT…), GSMA MoTIF (MOT…)
needs = ["map_component"]     # tables that must have rows, keys that network.toml must have
split_by = "subscriber"       # or "source": what an incident is about

[defaults]
operation = 71                # the MAP operation code that is asked from outside
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'Operation ' || opcode || ' from outside, from ' || sender_called(calling_gt, caller) || '; '
    || outcome_called(answer, error) as explanation
from map_request
where opcode = $operation and from_outside
