-- What happened to the subscribers of table wanted_number: subscriber_event, a row a request or a moment of a log row.
-- wanted_number(subscriber, number, first_seen, last_seen) has a row for each number by which a subscriber is known, and
-- the time that is asked about, from a day before to a day after; NULL: all time.
-- Times of logs are by the captures' clock, where table log_clock says that a log's is off; logged_at is then the log's.
create or replace temp table told_number as
with wanted as (select *, case when regexp_full_match(number, '[0-9]{1,18}') then ('1' || number)::ubigint end as packed from wanted_number)
select subscriber, number, first_seen, last_seen from wanted
union select subscriber, unnest([msisdn, old_imsi, new_imsi]), first_seen, last_seen from wanted join swap on msisdn = number
union select subscriber, unnest([msisdn, old_imsi, new_imsi]), first_seen, last_seen from wanted join swap on old_imsi = number
union select subscriber, unnest([msisdn, old_imsi, new_imsi]), first_seen, last_seen from wanted join swap on new_imsi = number
union select subscriber, imsi, first_seen, last_seen from wanted join dfs_event on msisdn = number
union select subscriber, msisdn, first_seen, last_seen from wanted join dfs_event on imsi = number
union select subscriber, digits(imsi), first_seen, last_seen from wanted join map_common on msisdn = packed
union select subscriber, digits(msisdn), first_seen, last_seen from wanted join map_common on imsi = packed
union select subscriber, digits(imsi), first_seen, last_seen from wanted join diameter_common on msisdn = packed
union select subscriber, digits(msisdn), first_seen, last_seen from wanted join diameter_common on imsi = packed;

create or replace temp table subscriber_number as
select
  subscriber, number, case when regexp_full_match(number, '[0-9]{1,18}') then ('1' || number)::ubigint end as packed,
  first_seen, last_seen, coalesce(first_seen - interval 24 hours, '-infinity'::timestamp) as since,
  coalesce(last_seen + interval 24 hours, 'infinity'::timestamp) as until
from told_number
where number is not null;

create or replace temp table subscriber_map as
with named as (
  select subscriber, first_seen, last_seen, common.id
  from map_common common join subscriber_number on imsi = packed
  where component_type = 161 and seen_at between since and until
  union
  select subscriber, first_seen, last_seen, common.id
  from map_common common join subscriber_number on msisdn = packed
  where component_type = 161 and seen_at between since and until
)
select
  subscriber, first_seen, last_seen, (id >> 40)::integer as input_id, frame, message, null::varchar as row_id, seen_at,
  null::timestamp as logged_at, 'map' as protocol, opcode::integer as code, digits(imsi) as imsi,
  coalesce(calling.gt, 'point code ' || coalesce(calling.point_code, opc)) as sender,
  coalesce(called.gt, 'point code ' || coalesce(called.point_code, dpc)) as receiver,
  [digits(coalesce(msc_number, sgsn_number)), tp_address, otp_likelihood::varchar, mobile_terminated::varchar] as told
from named
join map_common using (id)
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id
left join sms on sms.component_id = named.id;

create or replace temp table subscriber_diameter as
with named as (
  select subscriber, first_seen, last_seen, common.id
  from diameter_common common join subscriber_number on imsi = packed
  where command_flags >= 128 and seen_at between since and until
  union
  select subscriber, first_seen, last_seen, common.id
  from diameter_common common join subscriber_number on msisdn = packed
  where command_flags >= 128 and seen_at between since and until
)
select
  subscriber, first_seen, last_seen, (id >> 40)::integer as input_id, frame, message, null::varchar as row_id, seen_at,
  null::timestamp as logged_at, 'diameter' as protocol, command_code::integer as code, digits(imsi) as imsi,
  coalesce(origin_host, origin_realm, source_address) as sender,
  coalesce(destination_host, destination_realm, destination_address) as receiver,
  [null, tp_address, otp_likelihood::varchar, mobile_terminated::varchar] as told
from named
join diameter_common common using (id)
left join path on path.id = path_id
left join diameter_route route on route.id = route_id
left join sms on sms.component_id = named.id;

create or replace temp table subscriber_swap as
with moment as (
  select *, unnest([
    {'seen_at': requested_at, 'what': 'asked for'},
    {'seen_at': subscriber_notified_at, 'what': 'old SIM told'},
    {'seen_at': completed_at, 'what': if(outcome = 'completed', 'done', outcome)},
    {'seen_at': dfs_notified_at, 'what': 'financial services told'}
  ], recursive := true)
  from swap
),
of_number as (
  select distinct subscriber, first_seen, last_seen, since, until, unnested.id
  from (select id, unnest([msisdn, old_imsi, new_imsi]) as number from swap) as unnested join subscriber_number using (number)
)
select
  subscriber, first_seen, last_seen, moment.input_id, null::bigint as frame, null::integer as message, swap_id as row_id,
  moment.seen_at, moment.seen_at - to_seconds(clock.seconds) as logged_at, 'sim_swap' as protocol, null::integer as code,
  new_imsi as imsi, old_imsi as sender, new_imsi as receiver,
  [event, what, reason, channel, agent_id, outlet_id, id_check] as told
from of_number join moment using (id)
left join log_clock clock on clock.input_id = moment.input_id and clock.source = 'sim_swap'
where moment.seen_at between since and until;

create or replace temp table subscriber_event as
with happened as (
  from subscriber_map
  union all
  from subscriber_diameter
  union all
  from subscriber_swap
  union all
  select distinct
    subscriber, first_seen, last_seen, dfs_event.input_id, null, null, event_id, occurred_at,
    occurred_at - to_seconds(clock.seconds), 'dfs_event', null, imsi, provider, payee,
    [event, amount::varchar, currency, outcome, imsi_check]
  from (select id, unnest([msisdn, imsi]) as number from dfs_event) as unnested
  join subscriber_number using (number)
  join dfs_event on dfs_event.id = unnested.id
  left join log_clock clock on clock.input_id = dfs_event.input_id and clock.source = 'dfs_event'
  where occurred_at between since and until
)
select
  happened.* exclude (first_seen, last_seen), input.name as file,
  count(*) over (partition by subscriber) as every,
  row_number() over (
    partition by subscriber
    order by
      greatest(coalesce(happened.first_seen, seen_at) - seen_at, seen_at - coalesce(happened.last_seen, seen_at), interval 0 seconds),
      seen_at, input.name, frame, message, row_id
  ) as nearness
from happened
join input using (input_id);
