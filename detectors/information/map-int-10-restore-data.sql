/*
id = "MAP-INT-10"
title = "Profile fetched by a network where the subscriber is not"
threat = "information-gathering"
severity = "medium"
confidence = 0.7
why = """
restoreData makes the home network send the whole profile of a subscriber to a register that lost it. A register that
never had it collects numbers, services and barrings."""
benign = "A register that restarts asks for many subscribers within minutes; they were registered there before."
remedy = "Accept operation 57 only from the network that is stored for the subscriber."
references = ["FGT5019.005", "MOT5019.302"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'restoreData from outside, from ' || sender_called(gt, caller)
    || case when stranger then ', while the subscriber was registered elsewhere' else ', which is no roaming partner' end || '; '
    || outcome_called(answer, reason) as explanation
from placed_request
where kind = 'map' and code = 57 and from_outside and subscriber.party = 'home' and (unlisted(caller) or stranger)
