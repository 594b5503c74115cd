/*
id = "swaps-without-hold"
title = "Swaps done too soon after the notice, without a biometric match in person"
numerator = "completed sooner than hold_before_activation_hours after the notice"
denominator = "completed swaps with a notice to the old SIM"
by = "log"
needs = ["swap"]

[defaults]
hold_before_activation_hours = 4     # between nothing and the 6 hours of Brazil's port-outs
*/
select
  count(*) filter (
    completed_at < subscriber_notified_at + to_hours($hold_before_activation_hours)
    and not coalesce(id_check = 'biometric' and channel in ('store', 'agent'), false)
  ) as numerator,
  count(*) as denominator
from swap
where event = 'swap' and outcome = 'completed' and subscriber_notified_at is not null
