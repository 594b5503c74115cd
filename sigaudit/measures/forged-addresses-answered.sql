/*
id = "forged-addresses-answered"
title = "Requests whose layers contradict each other or their link, and answered"
numerator = "with a result, but for what was agreed ([[accept]]) or came from test SIMs"
denominator = "requests with own titles from outside, or nodes, contexts and subsystems that do not fit whose outcome is known"
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
  point, answered(requests, answer, excused) as numerator, decided(requests, answer) as denominator,
  unagreed(requests, excused) as seen
from distinct_request
group by point
