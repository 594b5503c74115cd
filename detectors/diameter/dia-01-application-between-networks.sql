/*
id = "DIA-01"
title = "Diameter application that has no place between networks"
threat = "information-gathering"
severity = "high"
confidence = 0.8
why = """
Between networks few Diameter applications are needed: registration, short messages, and what was agreed beside. Requests
of another one reach for charging, policy or provisioning servers that nobody outside has business with."""
benign = """
Rx, S9 and the like where roaming with voice over LTE was agreed: set applications. Sh, Cx, S13, SLh and SLg have
detectors of their own."""
remedy = "Let in at the edge agent the application ids that were agreed with each peer, and no others."
references = ["FGT5016", "MOT3003.302"]
needs = ["diameter_message", "interconnect"]
split_by = "source"

[defaults]
# Base, S6a, S9, S6c, SGd, SWx, S6b; the relay's; then those with a detector of their own: Cx, Sh, S13, SLg, SLh
applications = "0 16777251 16777267 16777312 16777313 16777265 16777272 4294967295 16777216 16777217 16777252 16777255 16777291"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'Command ' || command_code || ' of application ' || application_id || case application_id
      when 4 then ', charging (Gy),' when 16777236 then ' (Rx)' when 16777238 then ', policy (Gx),'
      when 16777310 then ' (S6m)' when 16777345 then ' (S6t)' else '' end
    || ' from outside, from ' || sender_called(origin_realm, caller) || '; ' || outcome_called(answer, error) as explanation
from diameter_request
where from_outside and not list_contains(string_split($applications, ' '), application_id::varchar)
