/*
id = "uncontracted-peers-answered"
title = "Requests of networks that are in no list of partners or hubs, and answered"
numerator = "with a result"
denominator = "requests of categories 1 to 3 from outside from an unlisted network whose outcome is known; left out is what was answered by agreement ([[accept]]) or for test SIMs ([test])"
by = "point"
needs = ["map_component", "roaming_partner"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer, excused) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and category in ('1', '2', '3') and caller not in ('home', 'partner', 'hub')
group by point
