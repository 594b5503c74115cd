/*
id = "MAP-ID-02"
title = "Authentication failure reported by a network where the subscriber is not"
threat = "information-gathering"
severity = "low"
confidence = 0.5
why = """
authenticationFailureReport belongs to the network where a subscriber tries to register. From elsewhere it is the
trace of somebody who poses as the subscriber, or of a test of which answers the home network gives."""
benign = "A faulty SIM or phone repeats it, in one network."
remedy = "Refuse operation 15 from networks without roaming agreement; look at the vectors that went there before."
references = ["FGT5044", "MOT3004.301"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
an_hour = 10                # reports for one subscriber from one network, more than that
*/
with reported as (
  select
    request.*, map_routing.failure_cause,
    count(*) over (partition by request.imsi, request.caller order by request.seen_at range between interval 1 hour preceding and current row) as reports
  from placed_request request
  left join map_routing using (id)
  where kind = 'map' and code = 15 and from_outside and subscriber.party = 'home'
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  case when reports > $an_hour then 'medium' else 'low' end as severity, null as confidence, evidence,
  'authenticationFailureReport from outside, from ' || sender_called(gt, caller) || ', the ' || reports || '. within an hour, cause '
    || case failure_cause when 0 then 'wrong user response' when 1 then 'wrong network signature' else 'not told' end as explanation
from reported
where unlisted(caller) or stranger or reports > $an_hour
