/*
id = "messages-before-activation"
title = "New SIMs that got short messages before the swap was confirmed"
numerator = "with a message that was taken"
denominator = "completed swaps"
by = "log"
needs = ["swap", "map_component", "sms"]
*/
with message as (
  select imsi, seen_at from map_request where opcode = 44 and answer = 'answered' and imsi is not null
),
early as (
  select distinct swap.id
  from swap join message on message.imsi = swap.new_imsi and seen_at between requested_at and completed_at - interval 1 second
  where event = 'swap' and outcome = 'completed' and event = 'swap'
)
select (select count(*) from early) as numerator, count(*) as denominator
from swap
where event = 'swap' and outcome = 'completed' and requested_at is not null
