/*
id = "MAP-INT-18"
title = "Many registrations refused to one network"
threat = "information-gathering"
severity = "low"
confidence = 0.5
why = """
A network whose location updates are refused for one subscriber after the other tries out whom the home network lets
register, or with which addresses."""
benign = """
Steering of roaming, which refuses a few times for each subscriber before it gives in; a partner whose agreement has
ended."""
remedy = "Ask the network; refuse its location updates at the border where there is no agreement."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
subscribers_an_hour = 20
*/
with stretched as (                         -- hours that overlap by half
  select
    *, unnest([time_bucket(interval 1 hour, seen_at), time_bucket(interval 1 hour, seen_at, interval 30 minutes)]) as stretch
  from map_request
  where opcode in (2, 23) and from_outside and answer = 'refused' and error_code in (1, 8, 36)
),
refused as (
  select
    called(caller) as network, any_value(caller) as caller, if(count(distinct calling_gt) = 1, max(calling_gt), null) as gt,
    min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as requests, count(distinct imsi) as subscribers,
    list(evidence[1] order by seen_at, id)[:100] as evidence
  from stretched
  group by called(caller), stretch
)
select
  first_seen, last_seen, null as imsi, null as msisdn, gt, null as host, null as realm, null as agent,
  'refused' as answer, null as severity, null as confidence, evidence,
  requests || ' location updates from ' || sender_called(gt, caller) || ' for ' || subscribers || ' subscribers refused within an hour' as explanation
from refused
where subscribers >= $subscribers_an_hour
