/*
id = "SMS-03"
title = "Short message from outside that nobody asked the route for"
threat = "spoofing"
severity = "high"
confidence = 0.7
why = """
Who delivers a short message must first ask the home network where the subscriber is. A delivery from outside without that
question knows the IMSI and the node from elsewhere: faked senders, spam and silent messages come this way, past billing and home routing."""
benign = """
A carrier that asks under a title of one network and delivers under that of another. Questions that went over a link
without tap: such deliveries are told as not assessed where it shows."""
remedy = "Deploy SMS home routing, and refuse operation 44 at the border for IMSIs that were not handed out to that network."
references = ["T1660", "MOT1036.301"]
needs = ["map_component", "sms"]
split_by = "source"

[defaults]
within_hours = 6            # from the question to the delivery
*/
with delivery as (
  select *, seen_at - to_hours($within_hours) as earliest
  from sms_delivery
  where kind = 'map' and from_outside and subscriber.party = 'home'
),
lookup as (
  select imsi, seen_at, caller, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 45 and from_outside
),
unasked as (
  select *
  from delivery
  where not exists (
    from lookup
    where lookup.imsi = delivery.imsi and lookup.seen_at between delivery.earliest and delivery.seen_at
      and same_network(lookup.caller, delivery.caller)
  )
),
judged as (
  select
    *,
    exists (
      from lookup
      where lookup.sender = unasked.sender and lookup.receiver = unasked.receiver
        and lookup.seen_at between unasked.earliest and unasked.seen_at
    ) as carries_lookups                    -- else they may take another way
  from unasked
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'Short message delivered from outside, from ' || sender_called(gt, caller) || ', without a sendRoutingInfoForSM of that network for the subscriber in the '
    || $within_hours || ' hours before; ' || outcome_called(answer, error) as explanation,
  case
    when imsi is null then 'imsi of the message'
    when not (carries_lookups and covered(sender, receiver, earliest, seen_at)) then 'coverage'
  end as missing
from judged
