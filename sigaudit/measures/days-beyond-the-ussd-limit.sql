/*
id = "days-beyond-the-ussd-limit"
title = "Account days with more money moved over USSD than the limit"
numerator = "beyond ussd_daily_limit"
denominator = "account days with transfers or cash-outs over USSD"
by = "log"
needs = ["dfs_event", "policy.ussd_daily_limit"]
*/
with day as (
  select coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) as account, date_trunc('day', occurred_at) as day, sum(amount) as total
  from dfs_event
  where event in ('transfer', 'cash_out') and outcome = 'success' and channel in ('ussd', 'sms') and amount is not null
  group by all
)
select count(*) filter (total > $ussd_daily_limit) as numerator, count(*) as denominator
from day
