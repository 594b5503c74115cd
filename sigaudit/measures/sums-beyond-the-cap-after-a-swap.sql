/*
id = "sums-beyond-the-cap-after-a-swap"
title = "Swapped numbers that moved more money than the cap"
numerator = "beyond transfer_limit_after_swap in transfer_limit_hours"
denominator = "swapped numbers that moved money then"
by = "log"
needs = ["swap", "dfs_event", "policy.transfer_limit_after_swap"]
*/
with moved as (
  select swap.id, sum(amount) as total
  from swap
  join dfs_event event
    on event.msisdn = swap.msisdn and event.event in ('transfer', 'cash_out') and event.outcome = 'success'
    and occurred_at between completed_at and completed_at + to_hours($transfer_limit_hours)
    and coalesce(currency = $transfer_limit_currency, true)
  where swap.event = 'swap' and swap.outcome = 'completed'
  group by swap.id
)
select count(*) filter (total > $transfer_limit_after_swap) as numerator, count(*) as denominator
from moved
