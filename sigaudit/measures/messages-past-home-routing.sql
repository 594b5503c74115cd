/*
id = "messages-past-home-routing"
title = "Short messages from outside to own subscribers at a node that is no home router, and taken"
numerator = "with a result"
denominator = "such messages whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component", "sms"]
*/
with past as (
  select capture_point as point, answer, is_test_sim(imsi, msisdn) as excused, 1 as requests
  from sms_delivery
  where kind = 'map' and from_outside and subscriber.party = 'home' and not begins_with_any(called_gt, home_routers())
)
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from past
group by point
