/*
id = "category-1-answered"
title = "Requests over interconnect that belong inside one network, and were answered"
numerator = "with a result, but for what was agreed ([[accept]]) or came from test SIMs"
denominator = "requests of category 1 from outside whose outcome is known"
by = "point"
needs = ["map_component"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and category = '1'
group by point
