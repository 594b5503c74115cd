/*
id = "MAP-ORG-01"
title = "Own global title arrives from another network"
threat = "spoofing"
severity = "critical"
confidence = 0.9
why = """
A message that enters at the border cannot come from a node of the home network. Who writes an own title into it
wants to pass for the home network and be let through."""
benign = "Own titles leased out abroad, and messages that a carrier returns to the network they came from."
remedy = "Refuse messages at the border whose calling title is the home network's own."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["map_component", "interconnect"]
split_by = "source"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  -- an answer goes to the node whose title it is, and does not come back this way
  answer, case when answer = 'refused' then 'low' else 'critical' end as severity, null as confidence, evidence,
  coalesce(operation, 'an operation') || ' from outside, from ' || calling_gt || ', a title of the home network itself; '
    || outcome_called(answer, error) as explanation
from map_request
where caller.party = 'home' and from_outside
