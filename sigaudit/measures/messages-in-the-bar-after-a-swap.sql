/*
id = "messages-in-the-bar-after-a-swap"
title = "Swapped SIMs that got or sent a short message while messages were to be barred"
numerator = "with a message that was taken"
denominator = "swapped SIMs with an attempt in swap_cooling_off_hours"
by = "log"
needs = ["swap", "map_component", "sms", "policy.swap_cooling_off_hours"]
*/
with message as (
  select imsi, seen_at, answer from map_request where opcode in (44, 46) and imsi is not null
),
tried as (
  select swap.id, bool_or(answer = 'answered') as taken
  from swap
  join message
    on message.imsi = swap.new_imsi
    and seen_at between completed_at and completed_at + to_hours($swap_cooling_off_hours)
  where event = 'swap' and outcome = 'completed' and answer <> 'unknown'
  group by swap.id
)
select count(*) filter (taken) as numerator, count(*) as denominator
from tried
