/*
id = "MAP-INT-11"
title = "Subscriber profile written by a network that is not the subscriber's"
threat = "call-interception"
severity = "high"
confidence = 0.9
why = """
insertSubscriberData writes the profile that decides how calls and messages of a subscriber are handled. Only the HLR
of the network that issued the IMSI may send it; from anybody else it can divert calls, lift barring or plant a
CAMEL platform that is asked about every call."""
benign = """
A roaming hub that speaks for the subscriber's network. Inside an updateLocation dialogue whose beginning is not in
the capture the subscriber may be unknown; that is told as info."""
remedy = "Let operation 7 in only for inbound roamers, and only from titles of the network that issued the IMSI."
references = ["FGT5022", "MOT1565", "MOT1557"]
category = "MAP 2"
needs = ["map_component"]
split_by = "subscriber"
*/
with written as (
  select
    *,
    -- a result of our own updateLocation whose beginning was not captured, and that names nobody
    subscriber.party <> 'home' and imsi is null and tcap_type = 101 and opening_id is null as beginning_unseen
  from map_request
  where opcode = 7 and from_outside
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when beginning_unseen then 'info'
    else severity_of(answer, capture_point, case when csi_installed then 'critical' else 'high' end)
  end as severity,
  case when beginning_unseen then 0.2 when imsi is null then 0.5 end as confidence, evidence,
  'insertSubscriberData from outside, from ' || sender_called(calling_gt, caller) || ', for a subscriber of '
    || called(subscriber) || case when csi_installed then ', with CAMEL subscription data' else '' end
    || '; ' || outcome_called(answer, error) as explanation
from written
where subscriber.party = 'home' or not same_network(caller, subscriber)
