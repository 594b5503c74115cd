-- SIM swaps and what came after them. policy_…() are the keys of [policy]; sigaudit/state/swaps.py makes them.
-- Times of the log are put right by what its clock is off from the captures' (table clock_skew), where that is known.

-- Which columns a log fills at all: what it never says is unknown of each of its rows, and held against nobody.
create or replace temp table swap_stated as
select
  input_id, count(id_check) > 0 as states_check, count(subscriber_notified_at) > 0 as states_notice,
  count(dfs_notified_at) > 0 as states_dfs_notice
from swap
group by input_id;

-- A row a change of a number's SIM that was done: swaps, ports in, further SIMs.
-- verified, subscriber_told, dfs_told: NULL where the log does not say; improper: one of them is known to be lacking.
create or replace temp view sim_change as
select
  swap.*, local_time(completed_at) as done_locally,
  case when states_check then coalesce(list_contains(policy_accepted_id_checks(), id_check), false) end as verified,
  case when states_notice and event = 'swap' then coalesce(
    subscriber_notified_at <= coalesce(requested_at, completed_at) + to_minutes(policy_old_sim_notice_minutes())
    and (subscriber_notified_at <= completed_at or not policy_old_sim_notice_before_completion()), false) end as subscriber_told,
  case when states_dfs_notice then coalesce(
    dfs_notified_at <= completed_at + to_minutes(policy_dfs_notice_minutes()), false) end as dfs_told,
  not (coalesce(verified, true) and coalesce(subscriber_told, true) and coalesce(dfs_told, true)) as improper
from swap
join swap_stated stated using (input_id)
where event in ('swap', 'port_in', 'multi_sim') and outcome in ('completed', 'reversed') and completed_at is not null;

-- The columns about controls that a log never fills, with the changes of which they are unknown.
create or replace temp view unstated_control as
with unstated as (
  select
    input_id, unnest([
      if(not states_check, 'id_check', null), if(not states_notice, 'subscriber_notified_at', null), if(not states_dfs_notice, 'dfs_notified_at', null)
    ]) as control
  from swap_stated
)
select
  control, min(completed_at) as first_seen, max(completed_at) as last_seen, null as msisdn, [evidence_of('swap', min(id))] as evidence,
  'not assessed' as explanation, control || ' in the swap log' as missing
from unstated join sim_change using (input_id)
where control is not null
group by control;

create or replace temp macro swap_called(event, agent_id, outlet_id, channel, id_check) as
  case event when 'port_in' then 'Number ported in' when 'multi_sim' then 'Further SIM' else 'SIM swap' end
    || coalesce(' by agent ' || agent_id, ' at outlet ' || outlet_id, ' by ' || replace(channel, '_', ' '), ' by an unnamed agent')
    || ', identity check ' || coalesce(id_check, 'not stated');

-- What a number is used for that a thief of it wants: kind password, reset, device, payee or money.
create or replace temp macro kind_of_use(event) as
  case
    when event in ('otp_sent', 'otp_verified') then 'password'
    when event in ('pin_reset', 'password_reset') then 'reset'
    when event in ('transfer', 'cash_out') then 'money'
    when event = 'payee_added' then 'payee'
    when event = 'new_device' then 'device'
  end;

-- A row a use within hours after a change of SIM, beside the latest change before it.
create or replace temp table sim_use as
with change as (
  select id as change_id, msisdn, new_imsi, completed_at, completed_at + to_hours(watched_hours()) as until from sim_change
),
password as (
  select * from sms_delivery
  where (sender_is_dfs or otp_likelihood >= 50) and answer in ('answered', 'unknown')
),
used as (
  select
    change_id, completed_at, 'dfs' as seen_by, event.id, event.occurred_at as used_at, event.event, kind_of_use(event.event) as kind,
    event.provider as party, event.amount, event.currency, event.payee, event.imei, event.imsi_check, event.account_id
  from dfs_event event
  join change on change.msisdn = event.msisdn and event.occurred_at >= completed_at and event.occurred_at < until
  where kind is not null and coalesce(outcome, 'success') = 'success'
  union all
  select
    change_id, completed_at, password.kind, id, seen_at, 'otp_delivered', 'password', tp_address, null, null, null, null, null, null
  from password
  join change on change.new_imsi = password.imsi and seen_at >= completed_at and seen_at < until
  union all
  select
    change_id, completed_at, password.kind, id, seen_at, 'otp_delivered', 'password', tp_address, null, null, null, null, null, null
  from password
  join change on change.msisdn = password.msisdn and seen_at >= completed_at and seen_at < until
  where password.imsi is null or change.new_imsi is null
)
select * exclude (completed_at), evidence_of(seen_by, id) as evidence
from used
qualify row_number() over (partition by seen_by, id order by completed_at desc, change_id) = 1;

-- The uses of a change together.
create or replace temp table sim_follow as
select
  change_id, min(used_at) as first_use_at, max(used_at) as last_use_at,
  bool_or(kind = 'money') as money, bool_or(kind in ('money', 'reset') and used_at < cooled_at) as too_soon,
  bool_or(used_at < cooled_at) as used_early, bool_or(kind = 'money' and used_at < cooled_at) as money_too_soon,
  list(evidence order by used_at, seen_by, sim_use.id)[:20] as use_evidence,
  count(*) filter (where kind = 'password') as passwords, count(*) filter (where kind = 'reset') as resets,
  count(*) filter (where kind = 'money') as transfers, sum(amount) filter (where kind = 'money') as amount,
  case when count(distinct currency) = 1 then min(currency) else '' end as currency
from sim_use
join (select id, completed_at + to_hours(policy_swap_cooling_off_hours()) as cooled_at from sim_change) change on change.id = change_id
group by change_id;

create or replace temp macro follow_called(used, passwords, resets, transfers, amount, currency, completed_at, first_use_at) as
  case when used then
    '; then ' || concat_ws(', ',
      case when passwords > 0 then passwords || if(passwords = 1, ' one-time password', ' one-time passwords') end,
      case when resets > 0 then resets || if(resets = 1, ' reset of a PIN or password', ' resets of PINs or passwords') end,
      case when transfers > 0 then transfers || if(transfers = 1, ' payment', ' payments') || coalesce(' of ' || amount || ' ' || currency, '') end,
      case when passwords + resets + transfers = 0 then 'a new device or payee' end)
    || ', the first ' || round(date_diff('minute', completed_at, first_use_at) / 60, 1) || ' hours later'
  else '; no use of it followed' end;

create or replace temp view followed_change as
select
  sim_change.*, first_use_at is not null as used, coalesce(money, false) as money, coalesce(too_soon, false) as too_soon,
  coalesce(money_too_soon, false) as money_too_soon, first_use_at, coalesce(last_use_at, completed_at) as last_use_at,
  coalesce(use_evidence, []) as use_evidence, passwords, resets, transfers, amount,
  swap_called(event, agent_id, outlet_id, channel, id_check) as called,
  follow_called(used, passwords, resets, transfers, amount, currency, completed_at, first_use_at) as follow,
  case when money_too_soon then 'high' when used_early then 'medium' else 'low' end as weakness -- severity of a control that failed
from sim_change left join sim_follow on change_id = sim_change.id;

-- Changes of numbers that changed more than once, beside the change before.
create or replace temp table repeated_change as
with several as (
  select msisdn from swap where event in ('swap', 'port_in', 'multi_sim') and completed_at is not null group by msisdn having count(*) > 1
)
select
  id, msisdn, event, completed_at, old_imsi, new_imsi, agent_id, outlet_id, verified, improper,
  lag(id) over number as previous_id, lag(completed_at) over number as previous_at, lag(old_imsi) over number as previous_old_imsi,
  lag(new_imsi) over number as previous_new_imsi, lag(agent_id) over number as previous_agent_id, lag(improper) over number as previous_improper
from sim_change semi join several using (msisdn)
window number as (partition by msisdn order by completed_at, id);

-- Registrations of SIMs that were changed, old and new.
create or replace temp table sim_registration as
with sim as (select new_imsi as imsi from swap union select old_imsi from swap)
select registration.* from registration semi join sim using (imsi);

-- Whether captures show registrations of the SIMs that a log tells of: of those done while the captures ran, at least nine in ten
-- of at least twenty were seen within hours. One row.
create or replace temp table registration_coverage as
with change as (
  select new_imsi, completed_at from sim_change
  where new_imsi is not null and event = 'swap' and outcome = 'completed'
    and completed_at >= (select min(first_seen) from input where kind = 'capture')
    and completed_at + to_hours(policy_registration_after_swap_hours()) <= (select max(last_seen) from input where kind = 'capture')
),
seen as (
  select new_imsi, completed_at, count(registration.id) > 0 as seen
  from change
  left join sim_registration registration
    on registration.imsi = new_imsi and registration.seen_at between completed_at - interval 1 hour and completed_at + to_hours(policy_registration_after_swap_hours())
  group by all
)
select
  count(*) as changes, count(*) filter (where seen) as confirmed, changes >= 20 and confirmed >= 0.9 * changes as covered,
  (select min(first_seen) from input where kind = 'capture') as since, (select max(last_seen) from input where kind = 'capture') as until
from seen;
