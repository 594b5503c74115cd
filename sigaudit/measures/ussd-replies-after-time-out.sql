/*
id = "ussd-replies-after-time-out"
title = "Replies to USSD questions that were taken after the idle time-out"
numerator = "later than ussd_idle_seconds after the question"
denominator = "answered USSD questions"
by = "capture"
needs = ["map_component", "ussd"]

[defaults]
ussd_idle_seconds = 60               # the least that TS 29.002 gives the operation
*/
select
  count(*) filter (answered_at > seen_at + to_seconds($ussd_idle_seconds)) as numerator,
  count(*) as denominator
from map_request
where opcode = 60 and answer = 'answered' and not is_test_sim(imsi, msisdn)
