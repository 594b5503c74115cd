/*
id = "sim-commands-between-subscribers"
title = "Messages coded for the SIM that a subscriber sent elsewhere than to the own platform, and taken"
numerator = "coded for the SIM, to other than platforms.ota"
denominator = "messages of subscribers that were taken"
by = "capture"
needs = ["map_component", "sms"]
*/
select
  count(*) filter (
    (tp_pid = 127 or (message_class = 2 and alphabet = '8bit') or regexp_matches(coalesce(header_elements, ''), '(^| )7[0-9a-fA-F]'))
    and not is_own_node(coalesce(tp_address, ''), 'ota')
  ) as numerator,
  count(*) as denominator
from map_request request
join short_message message on message.component_id = request.id and not mobile_terminated
where opcode = 46 and answer = 'answered' and not is_test_sim(request.imsi, request.msisdn)
