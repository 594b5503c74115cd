-- Arrivals of own subscribers by MAP and by Diameter, beside where each was known to be before: how far away, how many minutes ago.
-- Of registrations at the same moment one counts; hubs are no place.

create or replace temp view journey as
with arrival as (
  select
    'map' as kind, id, imsi, msisdn, seen_at, answered_at, calling_gt as gt, null as host, null as realm,
    caller, answer, capture_point, error, evidence, case when opcode = 23 then sgsn else msc end as place
  from map_request
  where opcode in (2, 23) and subscriber.party = 'home'
  union all
  select
    'diameter', id, imsi, msisdn, seen_at, answered_at, null, origin_host, origin_realm,
    caller, answer, capture_point, error, evidence, visited
  from diameter_request
  where command_code = 316 and application_id = 16777251 and subscriber.party = 'home'
),
certain as (
  select *
  from registered
  where certain and visited.party <> 'hub' and visited.country <> 'ZZ'
  qualify row_number() over (partition by imsi, since order by kind, domain, id) = 1
)
select
  arrival.*, departure.since as left_at, departure.visited as left_place, departure.gt as left_gt, departure.host as left_host,
  departure.realm as left_realm, departure.evidence as left_evidence, kilometres,
  date_diff('second', left_at, arrival.seen_at) / 60 as minutes
from arrival
asof join certain departure on departure.imsi = arrival.imsi and arrival.seen_at > departure.since
join country_distance on one = departure.visited.country and other = arrival.place.country
where arrival.place.party <> 'hub';
