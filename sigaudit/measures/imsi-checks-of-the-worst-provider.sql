/*
id = "imsi-checks-of-the-worst-provider"
title = "IMSI checks of the financial service that has fewest, in proportion to the best"
numerator = "share of the worst divided by that of the best"
denominator = "events of services that could be compared"
unit = "count"
by = "log"
needs = ["dfs_event"]
*/
with provider as (
  select provider, count(*) as events, count(*) filter (imsi_check in ('match', 'mismatch')) / count(*) as share
  from told_event
  where tells_imsi_check and event in ('transfer', 'cash_out') and outcome = 'success' and provider is not null
  group by all
)
select sum(events)::bigint as denominator, min(share) / max(share) as value
from provider
having count(*) > 1 and max(share) > 0
