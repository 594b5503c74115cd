/*
id = "messages-through-foreign-centres"
title = "Short messages of own subscribers through a service centre that is not the home network's"
numerator = "through a centre that is not in sms.centres"
denominator = "messages of own subscribers that were taken"
by = "capture"
needs = ["map_component", "sms", "sms.centres"]
*/
select
  count(*) filter (not is_own_node(coalesce(service_centre, called_gt, ''), 'smsc')) as numerator,
  count(*) as denominator
from map_request request
join sms on sms.component_id = request.id and not mobile_terminated
where opcode = 46 and answer = 'answered' and subscriber.party = 'home' and not is_test_sim(request.imsi, request.msisdn)
