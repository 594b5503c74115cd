/*
id = "services-told-of-recycled-numbers"
title = "Recycled numbers of which the financial services were told before"
numerator = "with a notice not later than the new subscriber's activation"
denominator = "numbers given to a next subscriber"
by = "log"
needs = ["swap"]
*/
select count(*) filter (dfs_notified_at <= completed_at) as numerator, count(*) as denominator
from told_swap
where tells_services_notice and outcome = 'completed' and released_at is not null
