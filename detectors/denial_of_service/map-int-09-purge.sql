/*
id = "MAP-INT-09"
title = "Registration purged by a network where the subscriber is not"
threat = "denial-of-service"
severity = "high"
confidence = 0.8
why = """
purgeMS tells the home network that a register has forgotten the subscriber: calls and messages no longer reach him.
Only the register where he is or was can know that."""
benign = "The register before the present one, which purges late."
remedy = "Accept operation 67 only from the register that is stored for the subscriber."
references = ["T1464", "FGT1499.503"]
needs = ["map_component"]
split_by = "subscriber"
*/
with purged as (
  select *
  from placed_request
  where kind = 'map' and code = 67 and from_outside and subscriber.party = 'home'
),
known as (
  select distinct imsi, called(visited) as network from registered
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'purgeMS from outside, from ' || sender_called(gt, caller)
    || case when stranger then ', while the subscriber was registered elsewhere' else ', which is no roaming partner' end || '; '
    || outcome_called(answer, reason) as explanation
from purged
where unlisted(caller)
  or (stranger and not exists (from known where known.imsi = purged.imsi and known.network = called(purged.caller)))
