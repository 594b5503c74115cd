/*
id = "category-2-answered"
title = "Requests of a home network from another network than the subscriber's, and answered"
numerator = "with a result"
denominator = "requests of category 2 from outside about a subscriber of another network than the caller's whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and category = '2' and subscriber_known and not of_subscribers_network
group by point
