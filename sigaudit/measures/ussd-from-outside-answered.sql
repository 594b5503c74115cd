/*
id = "ussd-from-outside-answered"
title = "USSD questions and notices to own subscribers from outside, and answered"
numerator = "with a result"
denominator = "unstructuredSS-Request and -Notify to own subscribers from another network whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and code in (60, 61) and subscriber = 'home'
group by point
