/*
id = "swaps-beyond-an-agents-limit"
title = "SIM swaps of an agent beyond the limit of 24 hours"
numerator = "beyond max_swaps_per_agent_per_day"
denominator = "completed swaps with an agent"
by = "log"
needs = ["swap"]
*/
with counted as (
  select count(*) over (partition by agent_id order by completed_at range interval 24 hours preceding) as nth
  from swap
  where event = 'swap' and outcome = 'completed' and agent_id is not null
)
select count(*) filter (nth > $max_swaps_per_agent_per_day) as numerator, count(*) as denominator
from counted
