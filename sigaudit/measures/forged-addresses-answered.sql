/*
id = "forged-addresses-answered"
title = "Requests whose layers contradict each other or their link, and answered"
numerator = "with a result"
denominator = "requests with own titles from outside, or nodes, contexts and subsystems that do not fit whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component", "interconnect"]
*/
with distinct_request as (
  select kind, id, point, answer, bool_and(excused) as excused, 1 as requests
  from told_request
  where detector in ('MAP-ORG-01', 'MAP-ORG-02', 'MAP-ENC-06', 'MAP-ENC-09', 'MAP-INT-06')
  group by all
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
