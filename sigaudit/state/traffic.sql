-- Where each message came from, which way it went, and words that detectors share.
-- The lookup tables (gt_owner, capture_point, adjacent_point_code …) are filled from network.toml.

create or replace temp macro nobody() as {'party': 'unknown', 'operator': '', 'country': 'ZZ'};

-- Networks of network.toml are compared by name; of others only the country is known for sure.
-- A hub counts as each network that it may speak for.
create or replace temp macro same_network(one, other) as
  case
    when speaks_for(one, other) or speaks_for(other, one) then true
    when one.party in ('home', 'partner', 'hub') or other.party in ('home', 'partner', 'hub')
      then one.party = other.party and one.operator = other.operator
    else one.country = other.country and one.country <> 'ZZ'
  end;

create or replace temp macro unlisted(owner) as owner.party not in ('home', 'partner', 'hub');

create or replace temp macro called(owner) as
  case
    when owner.party = 'home' then 'the home network'
    when owner.operator <> '' then owner.operator || ' (' || owner.country || ')'
    when owner.country <> 'ZZ' then 'an unlisted network in ' || owner.country
    else 'an unknown network'
  end;

create or replace temp macro sender_called(address, owner) as coalesce(address, 'no address') || ', ' || called(owner);

create or replace temp macro outcome_called(answer, error) as
  case answer
    when 'answered' then 'it was answered'
    when 'refused' then 'it was refused' || coalesce(' (' || error || ')', '')
    when 'no_answer' then 'no answer came'
    else 'the capture cannot show an answer'
  end;

-- An attempt that came to nothing counts less; an answer that cannot be seen may have been given.
create or replace temp macro severity_of(answer, capture_point, answered) as
  case
    when answer = 'refused' then 'low'
    when answer = 'no_answer' and capture_point = 'outside' then 'low'
    when answer = 'no_answer' then 'medium'
    else answered
  end;

create or replace temp macro evidence_of(kind, id) as {'kind': kind, 'id': id::bigint};

-- A transaction lives ten minutes at most.
create or replace temp macro in_time(asked_at, replied_at) as replied_at <= asked_at + interval 10 minutes;

-- Silence is told from a blind spot: the capture went on, and the way back is in it.
create or replace temp macro silent(asked_at, watched_until, way_back) as
  coalesce(watched_until >= asked_at + interval 30 seconds and way_back is not null, false);

create or replace temp macro end_of_link(point_code, address) as coalesce(point_code::varchar, address);

create or replace temp table direction as
with message as (
  select distinct input_id, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_component
  union
  select distinct input_id, source_address, destination_address from diameter_message
)
select sender, receiver, max(last_seen) as watched_until
from message join input using (input_id)
group by all;

create or replace temp table entrance as
with place as (
  select distinct input_id, opc, network_indicator, source_address from map_component
  union
  select distinct input_id, null, null, source_address from diameter_message
),
listed as (                                 -- limits: the network indicators that a point code is limited to; -1: none
  select number, list(coalesce(network_indicator, -1)) as limits
  from adjacent_point_code
  group by number
)
select
  place.*,
  coalesce(point, 'unknown') as point,      -- of the capture: outside, inside, core, unknown
  case
    when limits is not null and (list_contains(limits, -1) or list_contains(limits, network_indicator // 2 * 2)) then true
    when exists (from peer where address = source_address) then true
    when limits is not null and network_indicator is null then null
    when opc is not null and exists (from adjacent_point_code) then false
    when source_address is not null and exists (from peer) then false
  end as from_outside                       -- NULL: [interconnect] does not tell
from place
left join capture_point using (input_id)
left join listed on listed.number = opc;
