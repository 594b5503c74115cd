/*
id = "CAP-02"
title = "Call or message sent elsewhere by a platform that is not the subscriber's"
threat = "call-interception"
severity = "critical"
confidence = 0.9
why = """
connect and connectSMS answer initialDP with another number than the one dialled. Given by a platform of another network, the call
passes a third party, who listens and connects it on, or is paid for it. A number of a range that shares its revenue earns whoever rents it: nobody's
platform has a reason to send calls there, not even the subscriber's own network's."""
benign = """
Short codes, virtual private networks and announcements of the subscriber's own network, which are left out. A satellite telephone as the
target of a subscriber's own service: list the ranges that are none of fraud out of calls.revenue_share_numbers."""
remedy = "Remove the foreign platform from the subscriber's profile; accept connect only from platforms of the subscriber's network."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["cap_component"]
split_by = "subscriber"

[defaults]
shortest_number = 10        # digits of a number in international form, to be of a range
last_digits = 8             # of the two numbers that are compared; what is before them depends on where one dials
*/
with ordered as (
  select * from cap_request where opcode in (20, 62) and from_outside
),
call as (
  select
    otid, calling_gt, seen_at, imsi, msisdn, subscriber, coalesce(called_bcd_number, called_number, original_called_number) as dialled, evidence
  from cap_request
  where opcode in (0, 60)
),
joined as (
  select
    ordered.* exclude (imsi, msisdn, subscriber, evidence),
    call.imsi, call.msisdn, coalesce(call.subscriber, nobody()) as subscriber, dialled,
    coalesce(destination_number, called_bcd_number) as destination, call.seen_at as called_at,
    coalesce(call.evidence, []) || ordered.evidence as evidence
  from ordered
  asof left join call on call.otid = ordered.dtid and call.calling_gt = ordered.called_gt and ordered.seen_at >= call.seen_at
)
select
  coalesce(called_at, seen_at) as first_seen, seen_at as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  if(answer = 'refused', answer, 'unknown') as answer,      -- connect has no result
  case when answer = 'refused' then 'low' when same_network(caller, subscriber) then 'high' end as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || ', for a subscriber of ' || called(subscriber)
    || coalesce(': to ' || destination || if(shares_revenue, ', of a range that shares its revenue,', ''), '') || coalesce(' instead of ' || dialled, '') as explanation,
  case when called_at is null then 'initialDP of the call' end as missing
from (select *, length(destination) >= $shortest_number and begins_with_any(destination, revenue_share_numbers()) as shares_revenue from joined)
where (not same_network(caller, subscriber) and (called_at is not null or unlisted(caller)) or shares_revenue)
  and right(destination, $last_digits) is distinct from right(dialled, $last_digits)
