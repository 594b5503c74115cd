/*
id = "diameter-checks-violated"
title = "Diameter requests from outside that violate a check, and answered"
numerator = "with a result"
denominator = "requests whose application, command, names, network or way do not fit whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["diameter_message"]
*/
with distinct_request as (
  select kind, id, point, answer, bool_and(excused) as excused, 1 as requests
  from told_request
  where detector in ('DIA-01', 'DIA-02', 'DIA-03', 'DIA-04', 'DIA-05', 'DIA-06', 'DIA-07', 'DIA-12', 'DIA-13', 'DIA-14', 'DIA-15', 'DIA-16', 'DIA-17')
  group by all
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
