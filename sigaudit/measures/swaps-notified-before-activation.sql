/*
id = "swaps-notified-before-activation"
title = "SIM swaps of which the old SIM was told before the new one worked"
numerator = "with a notice to the old SIM not later than completion"
denominator = "completed swaps, but for SIMs that were lost, stolen or damaged, of logs that tell of notices"
by = "log"
needs = ["swap"]
*/
select
  count(*) filter (subscriber_notified_at <= completed_at) as numerator,
  count(*) as denominator
from told_swap
where tells_notice and event = 'swap' and outcome = 'completed'
  and coalesce(reason, '') not in ('lost', 'stolen', 'damaged')
