/*
id = "swap-notice-delay"
title = "Time from the request for a swap to the notice to the old SIM"
numerator = "95th percentile, with the order statistics of its interval"
denominator = "notices of completed swaps"
unit = "seconds"
by = "log"
needs = ["swap"]
*/
with delay as (
  select epoch(subscriber_notified_at - requested_at) as seconds
  from swap
  where event = 'swap' and outcome = 'completed' and coalesce(reason, '') not in ('lost', 'stolen', 'damaged') and subscriber_notified_at is not null and requested_at is not null
),
ordered as (
  select list(seconds order by seconds) as all_seconds, count(*) as n from delay
)
select
  n as denominator, all_seconds[greatest(1, ceil(0.95 * n)::bigint)] as value,
  all_seconds[greatest(1, floor(0.95 * n - 1.96 * sqrt(0.0475 * n))::bigint)] as low,
  all_seconds[least(n, ceil(0.95 * n + 1.96 * sqrt(0.0475 * n))::bigint + 1)] as high
from ordered
