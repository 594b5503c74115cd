-- What happened to the subscribers of table wanted_number around their findings: subscriber_event, a row a request or log row.
-- wanted_number(subscriber, number, first_seen, last_seen) has a row for each number by which a subscriber is known.
create or replace temp table subscriber_number as
with known as (
  from wanted_number
  union
  select subscriber, unnest([msisdn, old_imsi, new_imsi]), wanted.first_seen, wanted.last_seen
  from wanted_number wanted join swap on wanted.number in (msisdn, old_imsi, new_imsi)
)
select
  subscriber, number, case when regexp_full_match(number, '[0-9]{1,18}') then ('1' || number)::ubigint end as packed,
  first_seen, last_seen, first_seen - interval 24 hours as since, last_seen + interval 24 hours as until
from known
where number is not null;

create or replace temp table subscriber_map as
with named as (
  select subscriber, since, until, first_seen, last_seen, common.id
  from map_common common join subscriber_number on imsi = packed
  where component_type = 161 and seen_at between since and until
  union
  select subscriber, since, until, first_seen, last_seen, common.id
  from map_common common join subscriber_number on msisdn = packed
  where component_type = 161 and seen_at between since and until
)
select
  subscriber, first_seen, last_seen, (id >> 40)::integer as input_id, frame, message, null::varchar as row_id, seen_at,
  coalesce(calling.gt, 'point code ' || coalesce(calling.point_code, opc)) as sender,
  coalesce(called.gt, 'point code ' || coalesce(called.point_code, dpc)) as receiver,
  opcode, null::uinteger as command_code, null::varchar[] as told
from named
join map_common using (id)
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id;

create or replace temp table subscriber_diameter as
with named as (
  select subscriber, since, until, first_seen, last_seen, common.id
  from diameter_common common join subscriber_number on imsi = packed
  where command_flags >= 128 and seen_at between since and until
  union
  select subscriber, since, until, first_seen, last_seen, common.id
  from diameter_common common join subscriber_number on msisdn = packed
  where command_flags >= 128 and seen_at between since and until
)
select
  subscriber, first_seen, last_seen, (id >> 40)::integer as input_id, frame, message, null::varchar as row_id, seen_at,
  coalesce(origin_host, origin_realm, source_address) as sender,
  coalesce(destination_host, destination_realm, destination_address) as receiver,
  null::smallint as opcode, command_code, null::varchar[] as told
from named
join diameter_common common using (id)
left join path on path.id = path_id
left join diameter_route route on route.id = route_id;

create or replace temp table subscriber_event as
with logged as (
  select
    input_id, null::bigint as frame, null::integer as message, swap_id as row_id,
    coalesce(completed_at, requested_at) as seen_at, old_imsi as sender, new_imsi as receiver,
    [event, outcome, 'by ' || coalesce(agent_id, outlet_id, channel)] as told, unnest([msisdn, old_imsi, new_imsi]) as number
  from swap
  union all
  select
    input_id, null, null, event_id, occurred_at, account_id, payee,
    [event, amount::varchar, currency, provider, outcome], unnest([msisdn, imsi])
  from dfs_event
),
happened as (
  from subscriber_map
  union all
  from subscriber_diameter
  union all
  select distinct
    subscriber, first_seen, last_seen, input_id, frame, message, row_id, seen_at, sender, receiver, null, null, told
  from logged join subscriber_number using (number)
  where seen_at between since and until
)
select
  happened.* exclude (first_seen, last_seen), input.name as file,
  count(*) over (partition by subscriber) as every,
  row_number() over (
    partition by subscriber
    order by greatest(happened.first_seen - seen_at, seen_at - happened.last_seen, interval 0 seconds),
      seen_at, input.name, frame, message, row_id
  ) as nearness
from happened
join input using (input_id);
