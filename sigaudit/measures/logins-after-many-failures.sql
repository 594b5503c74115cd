/*
id = "logins-after-many-failures"
title = "Accounts that were open after more failed logins than allowed"
numerator = "with a success in the hour after more than failed_logins failures in a row"
denominator = "accounts with failed_logins failures in a row or more"
by = "log"
needs = ["dfs_event"]

[defaults]
failed_logins = 5
*/
with login as (
  select
    *, coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) as account,
    count(*) filter (outcome = 'success' or event <> 'login') over (
      partition by coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) order by occurred_at, id rows between unbounded preceding and 1 preceding
    ) as run
  from dfs_event
  where event in ('login', 'pin_reset', 'password_reset')
),
failed as (
  select
    account, run, count(*) filter (event = 'login' and outcome = 'failure') as failures,
    max(occurred_at) filter (outcome = 'failure') as last_failure,
    max(occurred_at) filter (event = 'login' and outcome = 'success') as opened_at
  from login
  group by all
),
judged as (
  select
    account, bool_or(failures > $failed_logins and opened_at <= last_failure + interval 1 hour) as opened
  from failed
  where failures >= $failed_logins
  group by account
)
select count(*) filter (opened) as numerator, count(*) as denominator
from judged
