/*
id = "MAP-INT-03"
title = "Registration by a network that fetched no authentication vectors"
threat = "sms-interception"
severity = "medium"
confidence = 0.4
why = """
A network where a telephone arrives must authenticate it, and fetches vectors from the home network for that. Who only says that the subscriber
has arrived, to get his calls and messages, has no telephone to authenticate."""
benign = """
A register keeps vectors, and gets them from the register before it: of a subscriber who was in that network in the days before, nothing is told; a
network that often registers without vectors is told as info; where the subscriber was before is not known, or the country is a neighbour, to and fro over
whose border vectors are kept, low. Questions by another link than the registration, or before the capture: told as not assessed where it shows."""
remedy = "Accept a registration only from a network that asked for authentication vectors of the subscriber and got them."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
category = "MAP 3"
needs = ["map_component"]
split_by = "subscriber"

[defaults]
within_hours = 24           # from the vectors to the registration
minutes_after = 5           # or so long after it
days_kept = 7               # a network may keep the vectors of a subscriber who was there before
registrations_at_least = 20 # of a network, to know its habit
habit_share = 0.2           # of them without vectors
*/
with vectors as (
  select imsi, seen_at, caller, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 56 and from_outside and imsi is not null
),
of_diameter as (
  select imsi, seen_at, caller
  from diameter_request
  where command_code in (318, 303) and application_id in (16777251, 16777265) and from_outside and imsi is not null
),
arrival as (
  select
    *, seen_at - to_hours($within_hours) as earliest, end_of_link(opc, source_address) as sender,
    end_of_link(dpc, destination_address) as receiver, called(caller) as network
  from map_request
  where opcode in (2, 23) and from_outside and subscriber.party = 'home' and answer in ('answered', 'unknown') and imsi is not null
),
asked as (
  select arrival.id
  from arrival
  join (select imsi, seen_at, caller from vectors union all from of_diameter) vectors using (imsi)
  where vectors.seen_at between arrival.earliest and arrival.seen_at + to_minutes($minutes_after) and same_network(vectors.caller, arrival.caller)
  group by all
),
habit as (
  select network, opcode, count(*) as registrations, count(*) - count(asked.id) as without
  from arrival left join asked using (id)
  group by all
),
unproven as (
  from arrival anti join asked using (id)
),
known_there as (                            -- he was in that network before: it may have kept his vectors
  select unproven.id
  from unproven
  join registered on registered.imsi = unproven.imsi
  where registered.since < unproven.seen_at and registered.until >= unproven.seen_at - to_days($days_kept) and registered.id <> unproven.id
    and same_network(registered.caller, unproven.caller)
  group by all
),
placed as (
  select unproven.*, place.imsi is not null as was_elsewhere, latest.seen_at as latest
  from (from unproven anti join known_there using (id)) unproven
  asof left join registered place on place.imsi = unproven.imsi and unproven.seen_at > place.since
  asof left join vectors latest
    on latest.sender = unproven.sender and latest.receiver = unproven.receiver and unproven.seen_at >= latest.seen_at
),
hour as (                                   -- of a link, judged once
  select sender, receiver, time_bucket(interval 1 hour, seen_at) as bucket, min(earliest) as since, max(seen_at) as until
  from placed
  group by all
),
link as (
  select sender, receiver, bucket, covered(sender, receiver, since, until) as covered from hour
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  case
    when registrations >= $registrations_at_least and without >= $habit_share * registrations then 'info'
    when was_elsewhere and coalesce(kilometres > 0, true) then severity_of(answer, capture_point, 'medium')
    else 'low'
  end as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller) || ', which asked for no authentication vectors of the subscriber in the '
    || $within_hours || ' hours before' || if(was_elsewhere, ', when he was elsewhere', '') || '; ' || outcome_called(answer, error) as explanation,
  case when not (coalesce(latest >= earliest, false) and link.covered) then 'coverage' end as missing
from placed
join habit using (network, opcode)
left join country_distance distance on distance.one = home_country() and distance.other = caller.country
join link on link.sender = placed.sender and link.receiver = placed.receiver and link.bucket = time_bucket(interval 1 hour, placed.seen_at)
