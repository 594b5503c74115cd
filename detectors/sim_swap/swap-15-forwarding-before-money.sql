/*
id = "SWAP-15"
title = "Calls forwarded or a service code dialled, then a payment"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
Passwords by voice, and the bank that calls back, reach whoever the calls are forwarded to; a service code enrols a telephone with a financial service."""
benign = """
A customer who forwards calls or dials a service code as he always does: only what comes from where the subscriber is not, or after a swap that was not proper,
counts."""
remedy = """
Let financial services ask whether calls are forwarded before they call back; refuse forwarding from outside."""
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["dfs_event", "map_component"]
better_with = ["swap"]
split_by = "subscriber"

[defaults]
within_hours = 24            # from the forwarding or code to the payment
*/
with done as (
  select
    request.*, 'calls forwarded' || coalesce(' to ' || forwarded_to_number, '') as what,
    coalesce(from_outside and (unlisted(caller) or stranger), false) as by_stranger
  from placed_request request join map_subscription using (id)
  where kind = 'map' and code in (10, 12) and ss_code between 32 and 43 and answer in ('answered', 'unknown')
  union all by name
  select
    request.*, 'a service code dialled' || coalesce(', ' || service_code, '') as what,
    coalesce(from_outside and stranger, false) as by_stranger       -- travellers dial from anywhere
  from placed_request request join ussd on ussd.component_id = request.id and from_subscriber
  where kind = 'map' and code = 59 and answer in ('answered', 'unknown')
),
ordered as (
  select
    done.imsi, coalesce(done.msisdn, number.msisdn) as msisdn, done.seen_at, gt, caller, done.evidence, what, by_stranger
  from done
  asof left join msisdn_of_imsi number on number.imsi = done.imsi and done.seen_at >= number.since
),
swapped as (
  select ordered.*, change.id as change_id, change.completed_at, change.agent_id, change.called
  from ordered
  left join followed_change change
    on change.msisdn = ordered.msisdn and change.improper and ordered.seen_at >= completed_at
      and ordered.seen_at < completed_at + to_hours($otp_after_swap_hours)
)
select
  coalesce(completed_at, seen_at) as first_seen, occurred_at as last_seen, swapped.imsi, swapped.msisdn, gt, null as host, null as realm,
  agent_id as agent, null as answer, case when by_stranger then 'critical' end as severity, null as confidence,
  case when change_id is null then swapped.evidence else swapped.evidence || [evidence_of('swap', change_id)] end || [evidence_of('dfs', event.id)] as evidence,
  coalesce(called || '; then ' || what, upper(what[1]) || what[2:])
    || case when by_stranger then ' from ' || sender_called(gt, caller) || ', where the subscriber is not registered' else '' end
    || '; ' || date_diff('minute', seen_at, occurred_at) || ' minutes later a payment' as explanation
from swapped
join dfs_event event on event.msisdn = swapped.msisdn and event.event in ('transfer', 'cash_out') and coalesce(event.outcome, 'success') = 'success'
  and occurred_at >= seen_at and occurred_at <= seen_at + to_hours($within_hours)
where by_stranger or change_id is not null
