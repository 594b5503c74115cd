/*
id = "DIA-04"
title = "Subscriber registered over Diameter by a network without roaming agreement"
threat = "sms-interception"
severity = "high"
confidence = 0.8
why = """
After an Update-Location that is accepted, the sender gets the subscriber's profile, and data and messages go its way. A network
that no roaming agreement knows has no subscriber of ours to register."""
benign = "A roaming agreement that network.toml does not list yet; a carrier's hub with a realm of its own: list it as hub."
remedy = "Refuse Update-Location from realms, and for visited networks, without roaming agreement."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["diameter_message", "roaming_partner"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'Update-Location-Request from outside, from ' || sender_called(origin_realm, caller) || ', for visited network '
    || sender_called(visited_plmn, visited) || '; ' || outcome_called(answer, error) as explanation
from diameter_request
where command_code = 316 and application_id = 16777251 and from_outside and subscriber.party = 'home'
  and (unlisted(caller) or (visited_plmn is not null and unlisted(visited)))
