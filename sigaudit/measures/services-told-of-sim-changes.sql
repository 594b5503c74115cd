/*
id = "services-told-of-sim-changes"
title = "SIM changes of which the financial services were told"
numerator = "with a notice to the financial services"
denominator = "completed swaps, ports, further SIMs and recycled numbers, of logs that tell of notices"
by = "log"
needs = ["swap"]
*/
select count(dfs_notified_at) as numerator, count(*) as denominator
from told_swap
where tells_services_notice and concerns_services(event, reason, outcome)
