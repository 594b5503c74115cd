/*
id = "SWAP-24"
title = "A subscription withdrawn in the network, and no log tells of it"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.6
why = """
The home register tells the serving node that a subscription is withdrawn when a SIM is replaced or a contract ends. A withdrawal that no row explains
was done past the procedure, and takes the subscriber off the air while somebody uses his number."""
benign = """
A SIM that was replaced, ported out or closed: the log has a row. A log that never tells of deactivations does not show whose contract ended: only withdrawals
that were followed by a payment are told then. A move of many subscriptions at once is told as info."""
remedy = "Find who changed the subscription in the home register; compare its audit trail with the swap log each day."
references = ["T1451", "T1464", "MOT1565"]
needs = ["swap", "map_component or diameter_message"]
better_with = ["dfs_event"]
split_by = "subscriber"

[defaults]
batch = 100                  # subscriptions withdrawn in one hour: they were moved
*/
with log as (
  select
    min(coalesce(requested_at, completed_at)) - interval 1 day as since, max(coalesce(completed_at, requested_at)) + interval 1 day as until,
    count(*) filter (where event = 'deactivated') > 0 as tells_deactivations
  from swap
),
withdrawn as (
  select imsi, seen_at, calling_gt as gt, null as host, evidence
  from map_request
  where opcode = 3 and cancellation_type = 1 and caller.party = 'home' and subscriber.party = 'home'
  union all
  select imsi, seen_at, null, origin_host, evidence
  from diameter_request
  where command_code = 317 and cancellation_type = 2 and caller.party = 'home' and subscriber.party = 'home'
),
first as (                                  -- several nodes may be told of one withdrawal
  select * from withdrawn
  qualify imsi is not null and coalesce(seen_at > lag(seen_at) over (partition by imsi order by seen_at, gt, host) + interval 1 hour, true)
),
numbered as (
  select first.*, number.msisdn, count(*) over (partition by date_trunc('hour', first.seen_at)) as at_once
  from first asof left join msisdn_of_imsi number on number.imsi = first.imsi and first.seen_at >= number.since
),
unexplained as (
  select *
  from numbered
  where not exists (
    from swap
    where (swap.msisdn = numbered.msisdn or old_imsi = numbered.imsi or new_imsi = numbered.imsi) and outcome <> 'rejected'
      and coalesce(completed_at, requested_at) between numbered.seen_at - to_hours($log_before_change_hours) and numbered.seen_at + to_hours($log_after_change_hours)
  )
),
followed as (
  select
    unexplained.imsi, unexplained.seen_at, count(event.id) as payments, max(event.occurred_at) as paid_at,
    list(evidence_of('dfs', event.id) order by event.occurred_at, event.id) filter (where event.id is not null)[:20] as paid_evidence
  from unexplained
  left join dfs_event event
    on event.msisdn = unexplained.msisdn and kind_of_use(event.event) = 'money' and coalesce(event.outcome, 'success') = 'success'
    and event.occurred_at >= unexplained.seen_at and event.occurred_at < unexplained.seen_at + to_hours($otp_after_swap_hours)
  group by all
)
select
  seen_at as first_seen, coalesce(paid_at, seen_at) as last_seen, imsi, msisdn, gt, host, null as realm, null as agent, null as answer,
  case when at_once >= $batch then 'info' when payments > 0 then 'high' end as severity, null as confidence,
  unexplained.evidence || coalesce(paid_evidence, []) as evidence,
  'The home register withdrew the subscription, and the swap log has no row for it from ' || $log_before_change_hours || ' hours before to '
    || $log_after_change_hours || ' hours after'
    || case when at_once >= $batch then '; so it is of ' || at_once || ' subscriptions in that hour, as when many are moved' else '' end
    || case when payments > 0 then '; then ' || payments || if(payments = 1, ' payment', ' payments') || ' of the number' else '' end as explanation,
  case
    when not (select seen_at between since and until from log) then 'swap log of that time'
    when msisdn is null then 'number of the withdrawn IMSI'
    when payments = 0 and not (select tells_deactivations from log) then 'rows of deactivations in the swap log'
  end as missing
from unexplained join followed using (imsi, seen_at)
