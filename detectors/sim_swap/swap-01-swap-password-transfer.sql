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
*/
with password as (
  select sim_use.*, if(seen_by = 'dfs', 'in the log of the financial service', 'in signalling') as seen_in
  from sim_use
  where kind = 'password'
),
chain as (
  select
    change.*, money.id as transfer_id, money.event as transfer_event, money.used_at as paid_at,
    password.used_at as password_at, password.seen_in, password.evidence as password_evidence,
    coalesce(subscriber_notified_at > password.used_at, not subscriber_told, false) as untold,
    coalesce(dfs_notified_at > password.used_at, not dfs_told, false) as services_untold,
    money.used_at < change.completed_at + to_hours($swap_cooling_off_hours) as cooling_off
  from sim_use money
  join password
    on password.change_id = money.change_id and money.used_at >= password.used_at
    and money.used_at <= password.used_at + to_minutes($transfer_after_otp_minutes)
  join followed_change change on change.id = money.change_id
  where money.kind = 'money'
  qualify row_number() over (partition by money.id order by password.used_at desc, password.seen_by, password.id) = 1
)
select
  completed_at as first_seen, paid_at as last_seen,
  new_imsi as imsi, msisdn, null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case
    when cooling_off and (improper or untold or services_untold or verified is null) then 'critical'
    when cooling_off then 'medium'
    when not verified then 'high'
    else 'low'
  end as severity,
  case when verified then 0.5 end as confidence,
  [evidence_of('swap', id), evidence_of('dfs', transfer_id), password_evidence] as evidence,
  called || ', the old SIM ' || case when untold then 'not told in time' when subscriber_told is null then 'told or not, the log does not say' else 'told' end
    || ', the financial services ' || case when services_untold then 'not told in time' when dfs_told is null then 'told or not, the log does not say' else 'told' end
    || '; a one-time password ' || seen_in || ' ' || round(date_diff('minute', completed_at, password_at) / 60, 1)
    || ' hours later and a ' || replace(transfer_event, '_', '-') || ' '
    || date_diff('minute', password_at, paid_at) || ' minutes after it; cooling-off '
    || $swap_cooling_off_hours || ' hours' as explanation
from chain
where cooling_off or not verified or untold or services_untold
