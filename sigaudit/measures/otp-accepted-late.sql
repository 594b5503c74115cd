/*
id = "otp-accepted-late"
title = "One-time passwords that were accepted after their life, or twice"
numerator = "later than otp_life_seconds after the last one was sent, or with none sent since the success before"
denominator = "one-time passwords that were accepted"
by = "log"
needs = ["dfs_event"]

[defaults]
otp_life_seconds = 300               # short enough that an intercept must be live
*/
with step as (
  select
    *, last_value(case when event = 'otp_sent' then occurred_at end ignore nulls) over before as sent_at,
    last_value(case when event = 'otp_verified' and outcome = 'success' then occurred_at end ignore nulls) over before as used_at
  from dfs_event
  where event in ('otp_sent', 'otp_verified')
  window before as (
    partition by msisdn, provider order by occurred_at, id rows between unbounded preceding and 1 preceding
  )
)
select
  count(*) filter (occurred_at > sent_at + to_seconds($otp_life_seconds) or coalesce(used_at >= sent_at, false)) as numerator,
  count(*) as denominator
from step
where event = 'otp_verified' and outcome = 'success' and sent_at is not null
