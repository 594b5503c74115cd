/*
id = "SMS-04"
title = "Short message under the service centre of another network"
threat = "spoofing"
severity = "high"
confidence = 0.8
why = """
A delivery names the service centre that it comes from. Where that belongs to another network than the sending title, the message is
dressed as somebody else's, past whatever the receiver agreed with either of them."""
benign = """
An aggregator that delivers for the service centres of others: it asks for the route under the same two names before. Where it did, the
finding is info; list the aggregator as hub."""
remedy = "Refuse deliveries whose service centre and calling title are of different networks, but for agreed hubs."
references = ["T1660", "MOT1036.301"]
needs = ["map_component", "sms"]
split_by = "source"

[defaults]
within_hours = 24           # from the question for the route to the delivery
minutes_before = 15         # the question that belongs to the delivery, under another centre's name
*/
with delivery as (
  select sms_delivery.*, coalesce(centre.owner, nobody()) as centre_owner, seen_at - to_hours($within_hours) as earliest
  from sms_delivery
  left join gt_owner centre on centre.digits = service_centre and centre.plan = 1 and centre.nature = 0
  where kind = 'map' and from_outside and service_centre is not null
),
other as (
  select *, called(caller) as network from delivery where not same_network(centre_owner, caller)
),
lookup as (
  select imsi, service_centre, seen_at, called(caller) as network, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 45 and from_outside
),
judged as (
  select
    other.*,
    exists (
      from lookup
      where lookup.imsi = other.imsi and lookup.service_centre = other.service_centre and lookup.network = called(other.caller)
        and lookup.seen_at between other.earliest and other.seen_at
    ) as asked_likewise,
    coalesce(own.seen_at >= other.seen_at - to_minutes($minutes_before) and own.service_centre <> other.service_centre, false)
      as asked_otherwise,                   -- which is told by what is there, and stands on no absence
    coalesce(last.seen_at >= earliest, false) as carries_lookups -- else they may take another way
  from other
  asof left join lookup own on own.imsi = other.imsi and own.network = other.network and other.seen_at >= own.seen_at
  asof left join lookup last on last.sender = other.sender and last.receiver = other.receiver and other.seen_at >= last.seen_at
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  case when asked_likewise and centre_owner.party <> 'home' then 'info' else severity_of(answer, capture_point, 'high') end as severity,
  case when centre_owner.party = 'home' then 0.95 end as confidence, evidence,
  'Short message from outside, from ' || sender_called(gt, caller) || ', under service centre ' || service_centre || ', '
    || called(centre_owner)
    || case
      when asked_likewise then ', as in its question for the route'
      when asked_otherwise then ', which is not the one of its question for the route'
      else ', without a question for the route under the same names'
    end
    || '; ' || outcome_called(answer, error) as explanation,
  case
    when not (asked_likewise or asked_otherwise) and centre_owner.party <> 'home' and not (carries_lookups and covered(sender, receiver, earliest, seen_at))
      then 'coverage'
  end as missing
from judged
