/*
id = "logins-despite-mismatch"
title = "Logins though the IMSI check did not match"
numerator = "that succeeded"
denominator = "logins with an IMSI check"
by = "log"
needs = ["dfs_event"]
*/
select count(*) filter (imsi_check = 'mismatch' and outcome = 'success') as numerator, count(*) as denominator
from dfs_event
where event = 'login' and imsi_check in ('match', 'mismatch')
