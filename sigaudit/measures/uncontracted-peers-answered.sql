/*
id = "uncontracted-peers-answered"
title = "Requests of networks that are in no list of partners or hubs, and answered"
numerator = "with a result, but for what was agreed ([[accept]]) or came from test SIMs"
denominator = "requests of categories 1 to 3 from outside from an unlisted network whose outcome is known"
by = "point"
needs = ["map_component", "roaming_partner"]
*/
select
  point, answered(requests, answer, excused) as numerator, decided(requests, answer) as denominator,
  unagreed(requests, excused) as seen
from border_count
where kind = 'map' and category in ('1', '2', '3') and caller not in ('home', 'partner', 'hub')
group by point
