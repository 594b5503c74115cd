/*
id = "category-1-answered"
title = "Requests over interconnect that belong inside one network, and were answered"
numerator = "with a result"
denominator = "requests of category 1 from outside whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and category = '1'
group by point
