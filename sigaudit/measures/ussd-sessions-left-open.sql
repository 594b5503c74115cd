/*
id = "ussd-sessions-left-open"
title = "USSD questions after which the dialogue was never closed"
numerator = "without answer, end or abort though the capture went on"
denominator = "USSD questions whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "capture"
needs = ["map_component", "ussd"]
*/
select count(*) filter (outcome = 'open') as numerator, count(*) as denominator
from map_request
where opcode in (59, 60) and answer <> 'unknown' and not is_test_sim(imsi, msisdn)
