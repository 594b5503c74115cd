/*
id = "high-values-on-insecure-channels"
title = "Money of the accounts that move most, over USSD or SMS"
numerator = "over USSD or SMS, in hundredths of the currency"
denominator = "money moved by the tenth of accounts that moves most"
by = "log"
needs = ["dfs_event"]
*/
with account as (
  select
    coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) as account, sum(amount) as total,
    coalesce(sum(amount) filter (channel in ('ussd', 'sms')), 0) as insecure
  from dfs_event
  where event in ('transfer', 'cash_out') and outcome = 'success' and amount > 0
  group by all
),
ranked as (
  select *, ntile(10) over (order by total desc, account) as tenth from account
)
select (sum(insecure) * 100)::bigint as numerator, (sum(total) * 100)::bigint as denominator
from ranked
where tenth = 1
having sum(total) > 0
