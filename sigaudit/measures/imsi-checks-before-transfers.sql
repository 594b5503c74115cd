/*
id = "imsi-checks-before-transfers"
title = "Money moved over USSD with a check of the IMSI"
numerator = "with imsi_check match or mismatch"
denominator = "transfers and cash-outs over USSD that succeeded, of logs that tell of IMSI checks"
by = "log"
needs = ["dfs_event"]
*/
select count(*) filter (imsi_check in ('match', 'mismatch')) as numerator, count(*) as denominator
from told_event
where tells_imsi_check and event in ('transfer', 'cash_out') and outcome = 'success' and channel = 'ussd'
