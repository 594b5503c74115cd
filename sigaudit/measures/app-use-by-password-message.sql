/*
id = "app-use-by-password-message"
title = "App logins and transfers that a one-time password by SMS had opened"
numerator = "with a one-time password by SMS accepted in the 10 minutes before"
denominator = "logins and transfers in the app that succeeded"
by = "log"
needs = ["dfs_event"]
*/
with opened as (
  select msisdn, occurred_at from dfs_event where event = 'otp_verified' and outcome = 'success' and channel = 'sms'
)
select count(*) filter (opened.occurred_at >= used.occurred_at - interval 10 minutes) as numerator, count(*) as denominator
from (from dfs_event where event in ('login', 'transfer') and channel = 'app' and outcome = 'success') used
asof left join opened on opened.msisdn = used.msisdn and used.occurred_at >= opened.occurred_at
