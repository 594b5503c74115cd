-- Where subscribers were registered: what was asked, and what followed of it.

-- Location updates that took effect, or whose answer cannot be seen, of all MAP versions and Diameter.
create or replace temp view registration as
select
  'map' as kind, id, imsi, msisdn, seen_at, answered_at, answer, from_outside, subscriber, caller,
  case when opcode = 23 then 'packet' else 'circuit' end as domain,
  case when opcode = 23 then coalesce(sgsn_number, calling_gt) else coalesce(vlr_number, calling_gt) end as node,
  case when opcode = 23 then sgsn_number else msc_number end as serving_gt,
  case when opcode = 23 then sgsn else msc end as visited,
  calling_gt as gt, null as host, null as realm, evidence
from map_request
where opcode in (2, 23) and answer in ('answered', 'unknown')
union all
select
  'diameter', id, imsi, msisdn, seen_at, answered_at, answer, from_outside, subscriber, caller,
  case when ulr_flags & 2 = 0 then 'packet' else 'evolved' end, -- S6a/S6d-Indicator (TS 29.272 7.3.7): clear in an SGSN's
  lower(origin_host), mme_number_for_mt_sms, visited, null, origin_host, origin_realm, evidence
from diameter_request
where command_code = 316 and application_id = 16777251 and answer in ('answered', 'unknown');

-- What took a registration away: the home network cancelled it at the node, or the node purged it. Only what was granted.
create or replace temp view deregistration as
select
  'map' as kind, id, imsi, seen_at, coalesce(answered_at, seen_at) as until, from_outside, subscriber, caller,
  if(opcode = 3, 'cancelled', 'purged') as ended_by,
  if(149 in (called_ssn, calling_ssn) or sgsn_number is not null, 'packet', 'circuit') as domain,
  if(opcode = 3, called_gt, coalesce(sgsn_number, vlr_number, calling_gt)) as node,
  evidence
from map_request
where opcode in (3, 67) and answer = 'answered'
union all
select
  'diameter', id, imsi, seen_at, coalesce(answered_at, seen_at), from_outside, subscriber, caller,
  if(command_code = 317, 'cancelled', 'purged'), unnest(['packet', 'evolved']),
  lower(if(command_code = 317, destination_host, origin_host)), evidence
from diameter_request
where command_code in (317, 321) and application_id = 16777251 and answer = 'answered';

-- Who was registered where, from when on and until when (infinity: nothing is known that ended it), a row a location update.
-- certain: it was granted before our eyes; else its answer cannot be seen, and where the subscriber is cannot be told.
-- For where he was at a time: asof left join (from registered where domain = 'circuit') on imsi and time >= since, then time < until.
create or replace temp table registered as
with taken as (
  select *, coalesce(answered_at, seen_at) as since
  from registration
  where imsi is not null
),
followed as (
  select
    *, lead(since) over (partition by imsi, domain order by since, seen_at, node, id) as next_since
  from taken
),
ending as (
  select
    followed.kind, followed.id, arg_min(deregistration.ended_by, deregistration.until) as ended_by,
    min(deregistration.until) as until, arg_min(deregistration.evidence, deregistration.until) as end_evidence
  from deregistration
  asof join followed
    on followed.imsi = deregistration.imsi and followed.domain = deregistration.domain and followed.node = deregistration.node
    and deregistration.seen_at >= followed.since
  where deregistration.until < coalesce(followed.next_since, 'infinity')
  group by all
)
select
  kind, id, imsi, msisdn, domain, since, coalesce(ending.until, next_since, 'infinity') as until,
  case when ending.until is not null then ending.ended_by when next_since is not null then 'registered' end as ended_by,
  answer = 'answered' as certain, node, serving_gt, visited, gt, host, realm, caller, subscriber, from_outside,
  evidence, end_evidence
from followed left join ending using (kind, id);

-- Requests about a subscriber beside where he was registered then, in each domain; a place that is not certain is NULL.
-- stranger: the request comes from none of the networks where he is registered; NULL: where he is registered is not known.
create or replace temp view placed_request as
select
  request.*,
  case when request.seen_at < circuit.until and circuit.certain then circuit.visited end as circuit_network,
  case when request.seen_at < packet.until and packet.certain then packet.visited end as packet_network,
  case when request.seen_at < evolved.until and evolved.certain then evolved.visited end as evolved_network,
  circuit.node as circuit_node, packet.node as packet_node, evolved.node as evolved_node,
  list_filter([
    case when circuit_network is not null then {'since': circuit.since, 'caller': circuit.caller, 'visited': circuit.visited, 'evidence': circuit.evidence} end,
    case when packet_network is not null then {'since': packet.since, 'caller': packet.caller, 'visited': packet.visited, 'evidence': packet.evidence} end,
    case when evolved_network is not null then {'since': evolved.since, 'caller': evolved.caller, 'visited': evolved.visited, 'evidence': evolved.evidence} end
  ], lambda place: place is not null) as places,
  case
    when len(places) > 0 then len(list_filter(places, lambda place:
      same_network(request.caller, place.caller) or same_network(request.caller, place.visited))) = 0
  end as stranger
from request
asof left join (from registered where domain = 'circuit') circuit
  on circuit.imsi = request.imsi and request.seen_at >= circuit.since
asof left join (from registered where domain = 'packet') packet
  on packet.imsi = request.imsi and request.seen_at >= packet.since
asof left join (from registered where domain = 'evolved') evolved
  on evolved.imsi = request.imsi and request.seen_at >= evolved.since;
