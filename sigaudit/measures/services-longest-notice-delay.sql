/*
id = "services-longest-notice-delay"
title = "Longest time from a SIM change to the notice to the financial services"
numerator = "the longest"
denominator = "notices of completed changes"
unit = "seconds"
by = "log"
needs = ["swap"]
*/
with delay as (
  select epoch(greatest(dfs_notified_at - completed_at, interval 0 seconds)) as seconds
  from swap
  where concerns_services(event, reason, outcome) and dfs_notified_at is not null
),
ordered as (
  select list(seconds order by seconds) as all_seconds, count(*) as n from delay
)
select n as denominator, all_seconds[n] as value, all_seconds[n] as low, all_seconds[n] as high
from ordered
