/*
id = "DIA-15"
title = "Origin-Host that is not in its Origin-Realm"
threat = "spoofing"
severity = "high"
confidence = 0.8
why = """
Filters trust the realm, answers and logs name the host. A host whose name does not end with its realm was made up, or wears a
realm that is not its own to pass for a partner."""
benign = "Roaming hubs that rewrite one of the two: list them as hub."
remedy = "Refuse at the edge agent requests whose Origin-Host is not below their Origin-Realm."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "source"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || coalesce(origin_host, 'no host') || ', which is not in its realm '
    || sender_called(origin_realm, caller) || '; ' || outcome_called(answer, error) as explanation
from diameter_request
where from_outside and application_id <> 0 and caller.party <> 'hub'
  and not coalesce(ends_with('.' || rtrim(lower(origin_host), '.'), '.' || rtrim(lower(origin_realm), '.')), false)
