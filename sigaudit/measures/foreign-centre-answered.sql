/*
id = "foreign-centre-answered"
title = "Short messages from outside under a service centre of another network, and taken"
numerator = "with a result"
denominator = "such messages whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component", "sms"]
*/
with distinct_request as (
  select kind, id, point, answer, bool_and(excused) as excused, 1 as requests
  from told_request
  where detector in ('SMS-04')
  group by all
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
