-- Where messages entered: which links are in the captures, how long they are watched, and who is on their other end.

-- A transaction lives ten minutes at most.
create or replace temp macro in_time(asked_at, replied_at) as replied_at <= asked_at + interval 10 minutes;

-- Silence is told from a blind spot: the capture went on, and the way back is in it.
create or replace temp macro silent(asked_at, watched_until, way_back) as
  coalesce(watched_until >= asked_at + interval 30 seconds and way_back is not null, false);

create or replace temp macro end_of_link(point_code, address) as coalesce(point_code::varchar, address);

create or replace temp table direction as
select
  end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver,
  max(last_seen) as watched_until
from path join input on input_id = path.id >> 40
group by all;

-- When a direction of a link was watched: captures of it, one after the other, belong together up to a quarter of an hour apart.
create or replace temp table watch as
with capture as (
  select distinct
    end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver, first_seen, last_seen
  from path join input on input_id = path.id >> 40
  where first_seen is not null
),
spaced as (
  select
    *, coalesce(first_seen > max(last_seen) over (
      partition by sender, receiver order by first_seen, last_seen rows between unbounded preceding and 1 preceding
    ) + interval 15 minutes, false) as begins
  from capture
),
numbered as (
  select *, count(*) filter (where begins) over (
    partition by sender, receiver order by first_seen, last_seen rows unbounded preceding
  ) as nth
  from spaced
)
select sender, receiver, min(first_seen) as since, max(last_seen) as until
from numbered
group by sender, receiver, nth;

-- How messages that came a path entered.
create or replace temp table entrance as
with place as (
  select id as path_id, (id >> 40)::integer as input_id, opc, network_indicator, source_address from path
),
listed as (                                 -- limits: the network indicators that a point code is limited to; -1: none
  select number, list(coalesce(network_indicator, -1)) as limits
  from adjacent_point_code
  group by number
),
told as (
  select
    place.*,
    coalesce(point, 'unknown') as point,    -- of the capture: outside, inside, core, unknown
    case
      when limits is not null and (list_contains(limits, -1) or list_contains(limits, network_indicator // 2 * 2)) then true
      when exists (from peer where address = source_address) then true
      when limits is not null and network_indicator is null then null
      when opc is not null and exists (from adjacent_point_code) then false
      when source_address is not null and exists (from peer) then false
    end as from_outside                     -- NULL: [interconnect] does not tell
  from place
  left join capture_point using (input_id)
  left join listed on listed.number = opc
)
select
  *,
  case
    when from_outside and network_indicator in (2, 3) then 'national' -- over the country's own signalling network (Q.704 14.2.2)
    when from_outside then 'interconnect'
    when not from_outside then 'internal'
  end as entrance
from told;

-- Without [interconnect], the sender's address has to tell.
create or replace temp macro entrance_by_owner(owner) as
  case
    when owner.party = 'home' then 'internal'
    when owner.country = home_country() then 'national'
    else 'interconnect'
  end;
