-- A row a change of a number's SIM. Every feature grows with how odd the row is; what is not known counts as usual, 0.
create or replace temp table feature as
with change as (
  select id, completed_at, counter_hour(channel, done_locally) as question, 'agent ' || agent_id as agent, 'outlet ' || outlet_id as outlet,
    done_locally::date as day, verified, subscriber_told, dfs_told
  from sim_change
),
total as (select sum(requests) + 1 as of_all from usual_question),
hour as (select question, of_all / requests as one_in from usual_question, total),

-- Agents and outlets: changes in a day against their own other days, and how many of the others' were used early.
early as (select change_id from sim_follow where too_soon),
place_day as (
  select who, day, count(*) as changes
  from (select agent as who, day from change union all select outlet, day from change)
  where who is not null
  group by all
),
everybody as (select avg(changes) as changes from place_day),
place as (select who, sum(changes) as changes, count(*) as days from place_day group by who),
place_early as (
  select who, count(*) as early
  from (select agent as who from change semi join early on change_id = id union all select outlet from change semi join early on change_id = id)
  group by who
),
rate as (
  select who, day, place_day.changes as in_a_day, coalesce((place.changes - in_a_day) / nullif(days - 1, 0), everybody.changes) as usually
  from place_day join place using (who), everybody
),
burst as (select who, day, greatest(0, (in_a_day - usually) / sqrt(usually + 1) - 3) as beyond from rate),

-- The SIM: when and where it registered first, and how far from where the one before it was.
arrival as (
  select sim_change.id, old_imsi, completed_at, registration.seen_at, visited
  from sim_change
  join sim_registration registration
    on registration.imsi = new_imsi and registration.seen_at >= completed_at - interval 1 hour
      and registration.seen_at < completed_at + to_hours(policy_registration_after_swap_hours())
  qualify row_number() over (partition by sim_change.id order by registration.seen_at, registration.id) = 1
),
travel as (
  select arrival.id, max(kilometres) as kilometres
  from arrival
  join registered place on place.imsi = old_imsi and place.since < completed_at and place.certain
  join country_distance on one = place.visited.country and other = arrival.visited.country
  where arrival.visited.party <> 'hub' and place.visited.party <> 'hub'
  group by arrival.id
),

-- What the number was used for, against what it was used for before.
used as (
  select
    change_id, min(used_at) filter (where kind = 'password') as password_at, min(used_at) filter (where kind = 'reset') as reset_at,
    min(used_at) filter (where kind in ('money', 'payee')) as payment_at, sum(amount) filter (where kind = 'money') as amount,
    list(distinct left(imei, 14)) filter (where imei is not null) as devices
  from sim_use
  group by change_id
),
before as (
  select
    change.id, max(event.occurred_at) as last_at, max(event.amount) filter (where kind_of_use(event.event) = 'money') as most,
    list(distinct left(event.imei, 14)) filter (where event.imei is not null) as devices
  from (select id, msisdn, completed_at from sim_change semi join used on change_id = id) change
  join dfs_event event on event.msisdn = change.msisdn and event.occurred_at < change.completed_at
  group by change.id
),
use as (
  select
    change_id as id, soon(password_at, completed_at) as password_soon, soon(reset_at, completed_at) as reset_soon, soon(payment_at, completed_at) as payment_soon,
    coalesce(used.amount / nullif(most, 0), 0) as amount_beyond_usual,
    coalesce((len(list_intersect(used.devices, before.devices)) = 0)::integer, 0) as new_device,
    coalesce(date_diff('hour', last_at, completed_at) / 24, 0) as idle_days
  from used join sim_change on sim_change.id = change_id left join before using (id)
),
again as (
  select id, count(*) over (partition by msisdn order by completed_at range between interval 30 days preceding and current row) - 1 as changes
  from repeated_change
)
select
  change.id as number, use.id is not null as answered,
  coalesce(hour.one_in, of_all)::double as hour_one_in,
  coalesce(by_agent.beyond, 0)::double as agent_beyond_usual,
  coalesce(by_outlet.beyond, 0)::double as outlet_beyond_usual,
  coalesce((early_agent.early - (early.change_id is not null)::integer) / (of_agent.changes + 3), 0)::double as agent_used_early,
  coalesce((early_outlet.early - (early.change_id is not null)::integer) / (of_outlet.changes + 3), 0)::double as outlet_used_early,
  coalesce(kilometres, 0)::double as kilometres_from_usual_area,
  case when covered then coalesce(greatest(0, epoch(arrival.seen_at - change.completed_at) / 3600), policy_registration_after_swap_hours()) else 0 end::double as hours_to_registration,
  coalesce(password_soon, 0)::double as password_soon,
  coalesce(reset_soon, 0)::double as reset_soon,
  coalesce(payment_soon, 0)::double as payment_soon,
  coalesce(amount_beyond_usual, 0)::double as amount_beyond_usual,
  coalesce(new_device, 0)::double as new_device,
  coalesce(idle_days, 0)::double as idle_days,
  coalesce(again.changes, 0)::double as changes_in_a_month,
  (coalesce(not verified, false)::integer + coalesce(not subscriber_told, false)::integer + coalesce(not dfs_told, false)::integer)::double as controls_lacking
from change
cross join total cross join registration_coverage
left join hour using (question)
left join early on early.change_id = change.id
left join burst by_agent on by_agent.who = agent and by_agent.day = change.day
left join burst by_outlet on by_outlet.who = outlet and by_outlet.day = change.day
left join place of_agent on of_agent.who = agent
left join place of_outlet on of_outlet.who = outlet
left join place_early early_agent on early_agent.who = agent
left join place_early early_outlet on early_outlet.who = outlet
left join arrival on arrival.id = change.id
left join travel on travel.id = change.id
left join use on use.id = change.id
left join again on again.id = change.id;
