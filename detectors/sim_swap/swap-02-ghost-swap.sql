/*
id = "SWAP-02"
title = "A number's IMSI changed in signalling, and no swap log tells of it"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
A swap that is in no log was done by somebody who can write to the home register and keeps it out of the records."""
benign = """
A SIM with several IMSIs, which goes back and forth between those that the number had before; a further SIM that the log tells of; a move of many
numbers at once, which is told as info; a log row that is written a day late."""
remedy = """
Find who changed the subscription in the home register; compare its audit trail with the swap log each day."""
references = ["T1451", "MOT1565"]
needs = ["swap", "map_component or diameter_message"]
better_with = ["dfs_event"]
split_by = "subscriber"

[defaults]
batch = 100                  # numbers that change in one hour: they were moved
*/
with log_time as (
  select
    min(coalesce(requested_at, completed_at)) - interval 1 day as since, max(coalesce(completed_at, requested_at)) + interval 1 day as until
  from swap
),
changed as (
  select *
  from imsi_of_msisdn
  where previous_imsi is not null and evidence.kind in ('map', 'diameter', 'cap')
    and left(imsi, 6) in (select prefix from imsi_owner where owner.party = 'home')
    and left(previous_imsi, 6) in (select prefix from imsi_owner where owner.party = 'home')
    and not exists (                        -- it had that IMSI before
      from imsi_of_msisdn earlier
      where earlier.msisdn = imsi_of_msisdn.msisdn and earlier.imsi = imsi_of_msisdn.imsi and earlier.seen_at < imsi_of_msisdn.seen_at
    )
),
unexplained as (
  select changed.*, count(*) over (partition by date_trunc('hour', seen_at)) as at_once
  from changed
  where not exists (
    from swap
    where swap.msisdn = changed.msisdn
      and coalesce(completed_at, requested_at) between changed.seen_at - to_hours($log_before_change_hours) and changed.seen_at + to_hours($log_after_change_hours)
  )
  and not exists (
    from swap
    where swap.msisdn = changed.msisdn and (new_imsi = changed.imsi or event = 'multi_sim' and outcome = 'completed')
  )
),
followed as (
  select
    unexplained.msisdn, unexplained.imsi, count(event.id) as payments, min(event.occurred_at) as paid_at,
    list(evidence_of('dfs', event.id) order by event.occurred_at, event.id) filter (where event.id is not null)[:20] as paid_evidence
  from unexplained
  left join dfs_event event
    on event.msisdn = unexplained.msisdn and event.event in ('transfer', 'cash_out') and coalesce(event.outcome, 'success') = 'success'
    and event.occurred_at >= unexplained.seen_at and event.occurred_at < unexplained.seen_at + to_hours($otp_after_swap_hours)
  group by all
)
select
  seen_at as first_seen, coalesce(paid_at, seen_at) as last_seen, imsi, msisdn,
  null as gt, null as host, null as realm, null as agent, null as answer,
  case when at_once >= $batch then 'info' when payments > 0 then 'critical' end as severity, null as confidence,
  [evidence] || coalesce(paid_evidence, []) as evidence,
  'Signalling shows the number with IMSI ' || imsi || ', before with ' || previous_imsi || ', and the swap log has no row for it from '
    || $log_before_change_hours || ' hours before to ' || $log_after_change_hours || ' hours after'
    || case when at_once >= $batch then '; so it is of ' || at_once || ' numbers in that hour, as when many are moved' else '' end
    || case when payments > 0 then '; then ' || payments || if(payments = 1, ' payment', ' payments') else '' end as explanation,
  case
    when not (select seen_at between since and until from log_time) then 'swap log of that time'
  end as missing
from unexplained join followed using (msisdn, imsi)
