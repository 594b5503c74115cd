/*
id = "MAP-ORG-07"
title = "Own subscriber served by a network without a roaming agreement"
threat = "subscriber-fraud"
severity = "medium"
confidence = 0.6
why = """
Registrations and authentication data are for networks with a roaming agreement. From another network they are paid by nobody, or are no roaming at all but
the first step of an interception."""
benign = "An agreement that network.toml does not list yet."
remedy = "Refuse updateLocation, updateGprsLocation and sendAuthenticationInfo, and their Diameter twins, from networks without an agreement."
references = ["FGT5016", "MOT1199.301"]
needs = ["map_component", "roaming_partner"]
split_by = "subscriber"
*/
with roaming as (
  select
    seen_at, answered_at, imsi, msisdn, calling_gt as gt, null as host, null as realm, answer, capture_point, evidence,
    operation, caller, sender_called(calling_gt, caller) as sender, reason
  from map_request
  where opcode in (2, 23, 56) and from_outside and subscriber.party = 'home' and unlisted(caller)
  union all
  select
    seen_at, answered_at, imsi, msisdn, null, origin_host, origin_realm, answer, capture_point, evidence,
    operation || '-Request', caller, sender_called(origin_realm, caller), error
  from diameter_request
  where application_id = 16777251 and command_code in (316, 318) and from_outside and subscriber.party = 'home' and unlisted(caller)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender || ', with which there is no roaming agreement; ' || outcome_called(answer, reason)
    as explanation
from roaming
