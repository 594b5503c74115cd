/*
id = "SWAP-14"
title = "Registered by a stranger, then a payment: a swap without a SIM"
threat = "sim-swap-fraud"
severity = "critical"
confidence = 0.8
why = """
Who registers the subscriber at a node of his own gets the one-time passwords as if he had swapped the SIM, and no swap log tells of it."""
benign = """
A traveller who pays while he is in a network without agreement: the payment has to follow the registration at once, and a password went there."""
remedy = """
Refuse such registrations; let financial services ask whether the subscriber's registration just changed."""
references = ["T1638", "T1111", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
within_hours = 24            # from the registration to the password
otp_likelihood_at_least = 50
kilometres = 100             # a journey that is too quick counts as a stranger's registration
kilometres_per_hour = 1000
*/
with arrival as (
  select imsi, since, until, visited, gt, host, realm, caller, evidence
  from registered
  where from_outside and subscriber.party = 'home' and (unlisted(caller) or unlisted(visited))
  union all
  select imsi, coalesce(answered_at, seen_at), timestamp 'infinity', place, gt, host, realm, caller, evidence
  from journey
  where answer = 'answered' and kilometres > $kilometres and kilometres > $kilometres_per_hour * minutes / 60
),
password as (
  select * from sms_delivery
  where (sender_is_dfs or otp_likelihood >= $otp_likelihood_at_least) and answer in ('answered', 'unknown')
),
diverted as (
  select arrival.*, password.seen_at as password_at, password.evidence as password_evidence
  from arrival
  join password on password.imsi = arrival.imsi and password.seen_at >= since and password.seen_at < arrival.until
    and password.seen_at < since + to_hours($within_hours)
),
numbered as (
  select diverted.*, number.msisdn
  from diverted
  asof join msisdn_of_imsi number on number.imsi = diverted.imsi and diverted.password_at >= number.since
)
select
  since as first_seen, occurred_at as last_seen, numbered.imsi, numbered.msisdn, gt, host, realm, null as agent, null as answer,
  null as severity, null as confidence,
  numbered.evidence || password_evidence || [evidence_of('dfs', event.id)] as evidence,
  'Registered from ' || coalesce(gt, host, 'no address') || ', ' || called(visited) || '; ' || date_diff('minute', since, password_at)
    || ' minutes later a one-time password went there, and ' || date_diff('minute', password_at, occurred_at) || ' minutes after it a payment was made' as explanation
from numbered
join dfs_event event on event.msisdn = numbered.msisdn and event.event in ('transfer', 'cash_out') and coalesce(event.outcome, 'success') = 'success'
  and occurred_at >= password_at and occurred_at <= password_at + to_minutes($transfer_after_otp_minutes)
