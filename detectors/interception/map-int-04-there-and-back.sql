/*
id = "MAP-INT-04"
title = "Registration taken away for a while and won back"
threat = "sms-interception"
severity = "medium"
confidence = 0.7
why = """
An attacker registers the subscriber at his own node; soon the real phone notices and registers again where it was all
the time. What was delivered in between went to the attacker."""
benign = """
At borders phones go to and fro between two networks: then many subscribers are seen in both. A network that only few
subscribers visit, and only for hours, is the sign."""
remedy = "Tell the subscriber and the services whose messages went there; refuse location updates without authentication."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
within_minutes = 360        # the longest stay elsewhere
subscribers_at_most = 3     # of the own ones seen in that network in the whole capture
*/
with stay as (
  select
    *, lag(visited) over stays as before, lag(node) over stays as node_before, lag(evidence) over stays as evidence_before,
    lead(visited) over stays as behind, lead(node) over stays as node_behind, lead(since) over stays as won_back, lead(evidence) over stays as evidence_behind
  from registered
  where domain = 'circuit' and certain and subscriber.party = 'home'
  window stays as (partition by imsi order by since, node, id)
),
visitors as (
  select called(visited) as network, count(distinct imsi) as subscribers
  from registered
  where subscriber.party = 'home'
  group by all
),
delivered as (
  select imsi, seen_at, called_gt, evidence from sms_delivery where answer in ('answered', 'unknown') and imsi is not null
),
hijacked as (
  select
    stay.*, subscribers,
    (select count(*) from delivered where delivered.imsi = stay.imsi and delivered.called_gt = stay.serving_gt and seen_at between stay.since and stay.won_back)
      as messages
  from stay
  join visitors on visitors.network = called(stay.visited)
  where same_network(before, behind) and not same_network(before, visited) and visited.party <> 'home'
    and won_back <= since + to_minutes($within_minutes) and subscribers <= $subscribers_at_most
)
select
  since as first_seen, won_back as last_seen, imsi, msisdn, gt, host, realm, null as agent, 'answered' as answer,
  case when messages > 0 then 'critical' when unlisted(visited) then 'high' else 'medium' end as severity,
  case when unlisted(visited) then 0.9 end as confidence, evidence_before || evidence || evidence_behind as evidence,
  'Registered at ' || node_before || ' (' || called(before) || '), for ' || date_diff('minute', since, won_back) || ' minutes at ' || node || ' ('
    || called(visited) || '), which ' || subscribers || ' own subscribers visited, then at ' || node_behind || ' again; '
    || messages || ' short messages went there in between' as explanation
from hijacked
