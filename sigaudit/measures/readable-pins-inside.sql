/*
id = "readable-pins-inside"
title = "PINs readable inside the network, in answer to a USSD question for one"
numerator = "questions for a PIN that were answered by 4 to 8 digits in clear"
denominator = "USSD requests inside the network"
by = "capture"
needs = ["map_component", "ussd"]
*/
with prompt as (
  select request.id, typed.pin_digits is not null as readable, from_outside or coalesce(called.owner.party, 'unknown') <> 'home' as crosses
  from map_request request
  join ussd on ussd.component_id = request.id
  left join ussd typed on typed.component_id = request.answer_id and ussd.asks_for_pin
  left join gt_owner called
    on called.digits = request.called_gt and called.plan = coalesce(request.called_plan, 0)
    and called.nature = coalesce(request.called_nature, 0)
  where request.opcode in (59, 60) and not is_test_sim(request.imsi, request.msisdn)
)
select count(*) filter (readable) as numerator, count(*) as denominator
from prompt
where not crosses
