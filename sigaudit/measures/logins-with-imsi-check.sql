/*
id = "logins-with-imsi-check"
title = "Logins with a check of the IMSI"
numerator = "with imsi_check match or mismatch"
denominator = "logins that succeeded, of logs that tell of IMSI checks"
by = "log"
needs = ["dfs_event"]
*/
select count(*) filter (imsi_check in ('match', 'mismatch')) as numerator, count(*) as denominator
from told_event
where tells_imsi_check and event = 'login' and outcome = 'success'
