/*
id = "category-3-answered"
title = "Requests about own subscribers from where they are not, or cannot be, and answered"
numerator = "with a result"
denominator = "requests of category 3 from outside that do not fit where the subscriber is whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component"]
*/
with distinct_request as (
  select kind, id, point, answer, bool_and(excused) as excused, 1 as requests
  from told_request
  where detector in ('MAP-ID-01', 'MAP-ID-02', 'MAP-INT-02', 'MAP-INT-09', 'MAP-INT-10', 'MAP-INT-14', 'MAP-INT-15', 'SMS-05', 'SMS-15')
  group by all
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
