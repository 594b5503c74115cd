/*
id = "ussd-in-a-subscribers-name"
title = "Service codes in the name of a subscriber, from where he is not, and carried out"
numerator = "with a result"
denominator = "such requests whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component"]
*/
with distinct_request as (
  select kind, id, point, answer, bool_and(excused) as excused, 1 as requests
  from told_request
  where detector in ('SMS-15')
  group by all
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
