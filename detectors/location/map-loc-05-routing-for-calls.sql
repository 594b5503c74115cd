/*
id = "MAP-LOC-05"
title = "Routing of a call asked from abroad"
threat = "location-tracking"
severity = "medium"
confidence = 0.7
why = """
sendRoutingInfo tells where calls to a subscriber go: the IMSI, and the exchange or roaming number where the
subscriber is. Between countries nobody needs it to call; it locates people and harvests identities."""
benign = """
Optimal routing and number portability agreed with a partner: such questions are told as info where the flag for it is
set. Domestic interconnection is not looked at."""
remedy = "Refuse operation 22 at the international border, but for partners with optimal routing."
references = ["FGT5019.005", "MOT5019.303"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when or_interrogation and caller.party = 'partner' then 'info'
    else severity_of(answer, capture_point, case when imsi is not null then 'high' else 'medium' end)
  end as severity,
  null as confidence, evidence,
  'sendRoutingInfo from abroad, from ' || sender_called(calling_gt, caller) || ', about a subscriber of ' || called(subscriber)
    || '; ' || outcome_called(answer, error) || case when answer = 'answered' and imsi is not null then ' with the IMSI' else '' end as explanation
from map_request
where opcode = 22 and entrance = 'interconnect' and (subscriber.party = 'home' or not same_network(caller, subscriber))
