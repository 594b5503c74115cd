/*
id = "services-notice-delay"
title = "Time from a SIM change to the notice to the financial services"
numerator = "95th percentile, with the order statistics of its interval"
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
select
  n as denominator, all_seconds[greatest(1, ceil(0.95 * n)::bigint)] as value,
  all_seconds[greatest(1, floor(0.95 * n - 1.96 * sqrt(0.0475 * n))::bigint)] as low,
  all_seconds[least(n, ceil(0.95 * n + 1.96 * sqrt(0.0475 * n))::bigint + 1)] as high
from ordered
