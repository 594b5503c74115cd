/*
id = "use-despite-mismatch"
title = "Money moved or accounts changed though the IMSI check did not match"
numerator = "that succeeded"
denominator = "transfers, cash-outs, new payees and resets with imsi_check mismatch or match"
by = "log"
needs = ["dfs_event"]
*/
select count(*) filter (imsi_check = 'mismatch' and outcome = 'success') as numerator, count(*) as denominator
from dfs_event
where event in ('transfer', 'cash_out', 'payee_added', 'pin_reset', 'password_reset') and imsi_check in ('match', 'mismatch')
