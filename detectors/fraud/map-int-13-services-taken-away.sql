/*
id = "MAP-INT-13"
title = "Services or barrings of a subscriber deleted by another network"
threat = "subscriber-fraud"
severity = "high"
confidence = 0.85
why = """
deleteSubscriberData takes services, barrings or the charging platform out of a profile in the serving node. Without
the platform a prepaid subscriber calls for nothing; without services he is cut off."""
benign = "A roaming hub that speaks for the subscriber's network."
remedy = "Let operation 8 in only for inbound roamers, and only from titles of the network that issued the IMSI."
references = ["FGT5022", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'high') as severity, case when imsi is null then 0.5 end as confidence, evidence,
  'deleteSubscriberData from outside, from ' || sender_called(calling_gt, caller) || ', for a subscriber of ' || called(subscriber)
    || case when csi_withdrawn then ', which takes the charging platform away' when basic_services_withdrawn then ', which takes services away' else '' end
    || '; ' || outcome_called(answer, error) as explanation
from map_request
where opcode = 8 and from_outside
  and (subscriber.party = 'home' or (subscriber.party <> 'unknown' and not same_network(caller, subscriber)))
