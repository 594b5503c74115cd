/*
id = "SWAP-01"
title = "SIM swap, then a one-time password and a transfer"
threat = "sim-swap-fraud"
severity = "critical"
confidence = 0.8
why = """
A fraudster who has a number moved to his SIM receives its one-time passwords and empties the account. The cooling-off
time after a swap exists to prevent that; a transfer inside it means that it was not kept."""
benign = """
A subscriber who lost the phone, proved who he is and pays soon after: medium at most. After the cooling-off time
a verified swap that was told to the old SIM and to the financial services is not reported."""
remedy = "Hold one-time passwords and transfers until the cooling-off time is over; verify identity, tell the old SIM and the financial services."
references = ["T1451", "T1111"]
needs = ["swap", "dfs_event"]
split_by = "subscriber"

[defaults]
swap_cooling_off_hours = 24
within_hours = 72               # from the swap to the transfer; longer where the cooling-off is longer
password_valid_minutes = 60     # from the password to the transfer
otp_likelihood_at_least = 50
*/
with one_time_password as (
  select msisdn, occurred_at as seen_at, [evidence_of('dfs', id)] as evidence, 'in the log of the financial service' as seen_in
  from dfs_event
  where event in ('otp_sent', 'otp_verified')
  union all
  select msisdn, seen_at, evidence, 'in signalling'
  from sms_delivery
  where (sender_is_dfs or otp_likelihood >= $otp_likelihood_at_least) and answer in ('answered', 'unknown')
),
transfer as (
  select *
  from dfs_event
  where event in ('transfer', 'cash_out') and coalesce(outcome, 'success') = 'success'
),
swapped as (
  select *
  from swap
  where event in ('swap', 'port_in') and outcome in ('completed', 'reversed') and completed_at is not null
),
chain as (
  select
    swapped.*, transfer.id as transfer_id, transfer.event as transfer_event, transfer.occurred_at,
    password.seen_at as password_at, password.seen_in, password.evidence as password_evidence,
    coalesce(id_check in ('biometric', 'document'), false) as verified,
    coalesce(subscriber_notified_at <= password.seen_at and dfs_notified_at <= password.seen_at, false) as told,
    transfer.occurred_at < swapped.completed_at + to_hours($swap_cooling_off_hours) as cooling_off
  from transfer
  asof join one_time_password password
    on password.msisdn = transfer.msisdn and transfer.occurred_at >= password.seen_at
  asof join swapped
    on swapped.msisdn = transfer.msisdn and password.seen_at >= swapped.completed_at
  where transfer.occurred_at <= password.seen_at + to_minutes($password_valid_minutes)
    and transfer.occurred_at <= swapped.completed_at + to_hours(greatest($within_hours, $swap_cooling_off_hours))
)
select
  completed_at as first_seen, occurred_at as last_seen,
  new_imsi as imsi, msisdn, null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case
    when cooling_off and not (verified and told) then 'critical'
    when cooling_off then 'medium'
    when id_check in ('none', 'knowledge') then 'high'
    else 'low'
  end as severity,
  case when verified then 0.5 end as confidence,
  [evidence_of('swap', id), evidence_of('dfs', transfer_id)] || password_evidence as evidence,
  'SIM swap by ' || coalesce('agent ' || agent_id, 'an unnamed agent') || ', identity check '
    || coalesce(id_check, 'not stated') || ', subscriber and financial services '
    || case when told then 'told' else 'not told in time' end
    || '; a one-time password ' || seen_in || ' ' || round(date_diff('minute', completed_at, password_at) / 60, 1)
    || ' hours later and a ' || replace(transfer_event, '_', '-') || ' '
    || date_diff('minute', password_at, occurred_at) || ' minutes after it; cooling-off '
    || $swap_cooling_off_hours || ' hours' as explanation
from chain
where cooling_off or not (verified and told)
