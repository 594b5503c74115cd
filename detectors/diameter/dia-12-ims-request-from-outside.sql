/*
id = "DIA-12"
title = "Sh or Cx request from another network"
threat = "location-tracking"
severity = "critical"
confidence = 0.9
why = """
Sh and Cx are the tongue of the home network's own application and call servers. From outside User-Data tells where a subscriber
is, Multimedia-Auth hands out vectors, Profile-Update rewrites what the network stores."""
benign = "Networks whose voice roaming was agreed to use Cx: accept the realm with its reason."
remedy = "Refuse the applications 16777216 and 16777217 at the edge agent."
references = ["T1430.002", "FGT5012.008", "MOT5012.501", "MOT3003.302"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
with asked as (
  select
    *,
    application_id = 16777217 and command_code = 306
      and list_has_any(string_split(coalesce(data_references, ''), ' '), ['14', '15']) as locates,
    regexp_extract(public_identity, '^(?:tel:|sip:)\+([0-9]{7,15})', 1) as number
  from diameter_request
  where application_id in (16777216, 16777217) and from_outside
    and lower(origin_realm) is distinct from lower(destination_realm) -- another network's own traffic
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, coalesce(msisdn, nullif(number, '')) as msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when locates or command_code in (303, 307) then 'critical' else 'high' end) as severity,
  null as confidence, evidence,
  coalesce(operation || '-Request', 'Command ' || command_code) || case when application_id = 16777217 then ' (Sh)' else ' (Cx)' end
    || ' from outside, from ' || sender_called(origin_realm, caller) || case when locates then ', asking for location or state' else '' end
    || '; ' || outcome_called(answer, error) as explanation
from asked
