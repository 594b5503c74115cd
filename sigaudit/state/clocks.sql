-- How far the clocks of logs are off from that of the captures, told from what both show.

-- A SIM is seen in signalling from its swap on: a row a log and new SIM, with the seconds from its swap to its first sight.
create or replace temp table clock_pair as
with change as (
  select input_id, new_imsi as imsi, completed_at
  from swap
  where new_imsi is not null and completed_at is not null and outcome <> 'rejected'
),
sight as (
  select imsi, seen_at from registration
  union all
  select imsi, seen_at from map_request where opcode in (7, 56) -- insertSubscriberData, sendAuthenticationInfo
  union all
  select imsi, seen_at from diameter_request where command_code in (318, 319) -- Authentication-Information, Insert-Subscriber-Data
),
first_sight as (
  select imsi, min(seen_at) as seen_at
  from sight semi join change using (imsi)
  group by imsi
),
-- A password that a service sends is on its way through signalling within seconds. A service sends millions: the first ones will do.
number as (
  select distinct imsi, msisdn from map_request where opcode = 7 and imsi is not null and msisdn is not null
  union
  select imsi, msisdn from dfs_event where imsi is not null
  union
  select new_imsi, msisdn from swap where new_imsi is not null
),
message as (
  select msisdn, seen_at from map_request where opcode = 45 and msisdn is not null -- sendRoutingInfoForSM
  union all
  select msisdn, seen_at from diameter_request where command_code = 8388647 and msisdn is not null -- Send-Routing-Info-for-SM
  union all
  select number.msisdn, seen_at from map_request join number using (imsi) where opcode = 44 -- mt-forwardSM
  union all
  select number.msisdn, seen_at from diameter_request join number using (imsi) where command_code = 8388646 -- MT-Forward-Short-Message
),
password as (
  select input_id, id, msisdn, occurred_at
  from dfs_event semi join message using (msisdn)
  where event = 'otp_sent' and coalesce(outcome, 'success') = 'success' and coalesce(channel, 'sms') = 'sms'
  order by id
  limit 20000
)
select
  'sim_swap' as source, input_id, row_number() over (order by input_id, imsi, completed_at) as of,
  date_diff('second', completed_at, seen_at) as seconds
from change join first_sight using (imsi)
where abs(seconds) <= 14 * 3600 -- as far apart as time zones are
union all
select 'dfs_event', input_id, id, date_diff('second', occurred_at, seen_at) as seconds
from password join message using (msisdn)
where abs(seconds) <= 14 * 3600;

-- A row a log whose clock is off: seconds to add to its times to have the captures', or where they do not tell those of the log of
-- the services, told from so many pairs.
-- Most pairs must agree. SIMs are put in some minutes after their swap, so their earliest are compared; messages by their median.
create or replace temp table clock_skew as
with settings as (
  from (values ('sim_swap', 900, 2700, 600), ('dfs_event', 120, 120, 180)) as it(source, width, behind, least)
),
bin as (
  select source, input_id, round(seconds / width)::bigint * width as middle, count(distinct of) as times
  from clock_pair join settings using (source)
  group by all
),
most as (
  select source, input_id, middle, width, behind, least
  from bin join settings using (source)
  qualify row_number() over (partition by source, input_id order by times desc, abs(middle), middle) = 1
),
agreeing as (
  select
    source, input_id, least, count(distinct of) as pairs,
    quantile_disc(seconds, 0.1) as earliest, quantile_disc(seconds, 0.5) as median,
    quantile_disc(seconds, 0.75) - quantile_disc(seconds, 0.25) as spread
  from clock_pair join most using (source, input_id)
  where seconds between middle - width and middle + behind
  group by all
),
met as (
  select source, input_id, count(distinct of) as times from clock_pair group by all
)
select source, input_id, if(source = 'sim_swap', earliest, median) as seconds, pairs, 'captures' as against
from agreeing join met using (source, input_id)
where pairs >= 5 and pairs >= 0.5 * times and spread <= abs(seconds) and sign(median) = sign(seconds)
  and abs(seconds) >= if(source = 'sim_swap' and seconds > 0, 2 * least, least);

-- Where captures do not tell how late a swap log is, the log of the services may: a new SIM is not used before its swap, nor the old one
-- after it. The first rows of a log will do.
create or replace temp table clock_order as
with told as (
  select input_id, count(distinct of) as pairs from clock_pair where source = 'sim_swap' group by input_id
),
change as (
  select swap.id, input_id, msisdn, old_imsi, new_imsi, completed_at
  from swap left join told using (input_id)
  where coalesce(pairs, 0) < 5 and event = 'swap' and outcome = 'completed' and old_imsi <> new_imsi and swap.id & 1099511627775 < 100000
),
event as (
  select dfs_event.msisdn, imsi, occurred_at + to_seconds(coalesce(seconds, 0)) as used_at
  from (select * from dfs_event where imsi is not null) dfs_event semi join change using (msisdn)
  left join clock_skew on clock_skew.input_id = dfs_event.input_id and clock_skew.source = 'dfs_event'
),
sight as (
  select input_id, id, 'new' as sim, min(date_diff('second', completed_at, used_at)) as seconds
  from change join event on event.msisdn = change.msisdn and event.imsi = new_imsi
  where used_at > completed_at - interval 14 hours
  group by all
  union all
  select input_id, id, 'old', max(date_diff('second', completed_at, used_at))
  from change join event on event.msisdn = change.msisdn and event.imsi = old_imsi
  where used_at < completed_at + interval 14 hours
  group by all
)
select * from sight where abs(seconds) <= 14 * 3600;

-- Rows that are written late lie scattered; a clock moves all by the same, and of those near the swap about half to its wrong side.
insert into clock_skew
with wrong as (
  select
    input_id, sim, count(*) as pairs, if(sim = 'new', quantile_disc(seconds, 0.1), quantile_disc(seconds, 0.9)) as furthest,
    quantile_disc(seconds, 0.5) as median
  from clock_order
  where if(sim = 'new', seconds < -60, seconds > 60)
  group by input_id, sim
)
select 'sim_swap', wrong.input_id, any_value(furthest), any_value(wrong.pairs), 'the services'' log'
from wrong join clock_order using (input_id, sim)
where wrong.pairs >= 5 and abs(furthest) >= 600 and abs(furthest) <= 2 * abs(median) + 300 and abs(clock_order.seconds) <= abs(furthest)
group by wrong.input_id, sim
having count(*) filter (where sign(clock_order.seconds) = sign(furthest)) >= 0.4 * count(*)
qualify row_number() over (partition by wrong.input_id order by any_value(wrong.pairs) desc) = 1;

-- Logs of swaps and of services of which nothing tells whether their clocks agree.
create or replace temp table clock_untold as
with told as (
  select source, input_id, count(distinct of) as pairs from clock_pair group by all
  union all
  select 'sim_swap', input_id, count(distinct id) from clock_order group by all
  union all
  select 'sim_swap', input_id, pairs from clock_skew where source = 'sim_swap'
)
select swaps.input_id, swaps.name
from input swaps
where kind = 'sim_swap' and exists (from input where kind = 'dfs_event')
  and not exists (from told where told.input_id = swaps.input_id and pairs >= 5)
order by name;
