/*
id = "DIA-14"
title = "Equipment check over Diameter from another network"
threat = "information-gathering"
severity = "low"
confidence = 0.8
why = """
ME-Identity-Check asks whether a device is barred. Each network asks its own register; from outside it shows that the register can
be reached, and tells thieves whether a device is listed."""
benign = "A register that several networks share by contract: accept its realm with the reason."
remedy = "Refuse application 16777252 at the edge agent."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["diameter_message"]
split_by = "source"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, 'low' as severity, null as confidence, evidence,
  'ME-Identity-Check-Request from outside, from ' || sender_called(origin_realm, caller) || '; ' || outcome_called(answer, error) as explanation
from diameter_request
where application_id = 16777252 and command_code = 324 and from_outside
