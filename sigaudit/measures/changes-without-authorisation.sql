/*
id = "changes-without-authorisation"
title = "New payees without a further authorisation"
numerator = "without a one-time password accepted, or a matching IMSI check, in the 10 minutes before"
denominator = "new payees that were accepted"
by = "log"
needs = ["dfs_event"]
*/
with authorised as (
  select msisdn, occurred_at from dfs_event
  where (event = 'otp_verified' and outcome = 'success') or imsi_check = 'match'
)
select
  count(*) filter (coalesce(authorised.occurred_at < added.occurred_at - interval 10 minutes, true)) as numerator,
  count(*) as denominator
from (from dfs_event where event = 'payee_added' and outcome = 'success') added
asof left join authorised on authorised.msisdn = added.msisdn and added.occurred_at >= authorised.occurred_at
