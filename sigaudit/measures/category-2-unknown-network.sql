/*
id = "category-2-unknown-network"
title = "Requests of a home network whose subscriber's or caller's network is not known"
numerator = "about a subscriber, or by a caller, of no network that can be told"
denominator = "requests of category 2 from outside"
by = "capture"
needs = ["map_component"]
*/
select
  coalesce(sum(requests) filter (not subscriber_known or caller = 'unknown'), 0)::bigint as numerator,
  coalesce(sum(requests), 0)::bigint as denominator
from border_count
where kind = 'map' and category = '2'
