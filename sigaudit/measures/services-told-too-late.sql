/*
id = "services-told-too-late"
title = "SIM changes of which the financial services were told only after the number moved money"
numerator = "with a transfer or cash-out before the notice, or without a notice"
denominator = "SIM changes with a transfer or cash-out in swap_cooling_off_hours"
by = "log"
needs = ["swap", "dfs_event"]
*/
with changed as (
  select id, msisdn, completed_at, dfs_notified_at from told_swap where tells_services_notice and concerns_services(event, reason, outcome)
),
moved as (
  select changed.id, any_value(dfs_notified_at) as dfs_notified_at, min(occurred_at) as first_at
  from changed
  join dfs_event event
    on event.msisdn = changed.msisdn and event.event in ('transfer', 'cash_out') and event.outcome = 'success'
    and occurred_at between completed_at and completed_at + to_hours($swap_cooling_off_hours)
  group by changed.id
)
select count(*) filter (coalesce(dfs_notified_at > first_at, true)) as numerator, count(*) as denominator
from moved
