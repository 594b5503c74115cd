/*
id = "DIA-16"
title = "Own realm arrives from another network"
threat = "spoofing"
severity = "critical"
confidence = 0.9
why = """
A request that enters at the border cannot come from a server of the home network. Who writes the own realm, or the very realm that
he asks, into its origin wants to pass for the home network and be let through."""
benign = "Requests that a carrier sends back to where they came from: the own edge agent is then in their Route-Record."
remedy = "Refuse requests at the edge agent whose Origin-Realm is the home network's own or the one they are for."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message", "interconnect"]
split_by = "source"
*/
with named as (
  select
    request.*, owner.owner.party = 'home' as is_own
  from diameter_request request
  join realm_owner owner on owner.realm = origin_realm
  where from_outside and application_id <> 0
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'critical') as severity, null as confidence, evidence,
  coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || coalesce(origin_host, 'no host') || ' in ' || origin_realm
    || case when is_own then ', a realm of the home network itself; ' else ', the realm that it is for; ' end
    || outcome_called(answer, error) as explanation
from named
where is_own or lower(origin_realm) = lower(destination_realm)
