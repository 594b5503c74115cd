/*
id = "DIA-17"
title = "Visited network that is not the sender's"
threat = "spoofing"
severity = "high"
confidence = 0.8
why = """
Update-Location and Authentication-Information name the network where the subscriber is. It must be the sender's: else he registers a
subscriber, or takes vectors, in the name of a network with which the home network has an agreement."""
benign = "Roaming hubs, and operators that share nodes: list them as hub, or their networks as one partner."
remedy = "Refuse at the edge agent requests whose Visited-PLMN-Id does not belong to their Origin-Realm."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  operation || '-Request from outside, from ' || sender_called(origin_realm, caller) || ', for visited network '
    || sender_called(visited_plmn, visited) || '; ' || outcome_called(answer, error) as explanation
from diameter_request
where command_code in (316, 318) and application_id = 16777251 and from_outside and subscriber.party = 'home'
  and visited_plmn is not null and not same_network(caller, visited)
