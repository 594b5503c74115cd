/*
id = "DIA-11"
title = "Report or alert about short messages that nobody sent"
threat = "denial-of-service"
severity = "low"
confidence = 0.7
why = """
Report-SM-Delivery-Status makes the home network note that a subscriber is absent or reachable, Alert-Service-Centre makes a centre try
again. Without a message they only disturb the delivery of others."""
benign = "Reports about a message by MAP: its question counts too. Questions that went over a link without tap."
remedy = "Accept reports only from centres that asked for the route before, and alerts only from the subscriber's home network."
references = ["T1464", "FGT1499.503"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
within_hours = 24           # from the question or message to its report
covered_hours = 1           # of which so many must be in the captures: an attempt asks, delivers and reports within minutes
*/
with told as (
  select *, seen_at - to_hours($within_hours) as earliest
  from diameter_request
  where command_code in (8388648, 8388649) and from_outside
),
own_realm as (
  select lower(realm) from realm_owner where owner.party = 'home'
),
sent as (
  select unnest([imsi, msisdn]) as target, called(caller) as network, seen_at
  from request
  where from_outside and ((kind = 'diameter' and code in (8388646, 8388647)) or (kind = 'map' and code in (44, 45, 46)))
),
judged as (
  select
    told.*,
    -- a number that was ported in is not told by its digits: the own network knows it
    subscriber.party = 'home' or (answer = 'answered' and lower(destination_realm) in (from own_realm)) as is_own,
    coalesce(by_imsi.seen_at >= earliest, false) or coalesce(by_msisdn.seen_at >= earliest, false) as has_message
  from told
  asof left join sent by_imsi on by_imsi.target = told.imsi and by_imsi.network = called(caller) and told.seen_at >= by_imsi.seen_at
  asof left join sent by_msisdn on by_msisdn.target = told.msisdn and by_msisdn.network = called(caller) and told.seen_at >= by_msisdn.seen_at
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, 'low' as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(origin_realm, caller)
    || case when command_code = 8388648 then ', which is not the subscriber''s network'
      else ', and neither question nor message of that network for the subscriber in the ' || $within_hours || ' hours before' end
    || '; ' || outcome_called(answer, error) as explanation,
  case when command_code = 8388649 and not covered(source_address, destination_address, seen_at - to_hours($covered_hours), seen_at) then 'coverage' end as missing
from judged
where case when command_code = 8388648 then subscriber.party = 'home' or not same_network(caller, subscriber) else is_own and not has_message end
