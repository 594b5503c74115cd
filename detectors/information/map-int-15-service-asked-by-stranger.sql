/*
id = "MAP-INT-15"
title = "Service state or password asked for by a network where the subscriber is not"
threat = "information-gathering"
severity = "low"
confidence = 0.6
why = """
interrogateSS tells which services are on, registerPassword and getPassword handle the barring password. From a
network where the subscriber is not they prepare an attack or try which answers come."""
benign = "None, where the place of the subscriber is known."
remedy = "Accept these operations only from the register that is stored for the subscriber."
references = ["FGT5019.005", "MOT5019.302"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  'low' as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(gt, caller)
    || case when stranger then ', while the subscriber was registered elsewhere' else ', which is no roaming partner' end || '; '
    || outcome_called(answer, reason) as explanation
from placed_request
where kind = 'map' and code in (14, 17, 18) and from_outside and subscriber.party = 'home' and (unlisted(caller) or stranger)
