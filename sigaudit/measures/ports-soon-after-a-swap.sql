/*
id = "ports-soon-after-a-swap"
title = "Numbers ported out soon after a SIM swap"
numerator = "within port_out_after_swap_days of a completed swap"
denominator = "completed port-outs"
by = "log"
needs = ["swap"]
*/
with swapped as (
  select msisdn, completed_at from swap where event = 'swap' and outcome = 'completed'
)
select
  count(*) filter (swapped.completed_at > port.completed_at - to_days($port_out_after_swap_days)) as numerator,
  count(*) as denominator
from (from swap where event = 'port_out' and outcome = 'completed') port
asof left join swapped on swapped.msisdn = port.msisdn and port.completed_at >= swapped.completed_at
