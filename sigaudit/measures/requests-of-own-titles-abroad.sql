/*
id = "requests-of-own-titles-abroad"
title = "Requests that own titles have no business to send to other networks"
numerator = "of category 1; of 2 about other networks' subscribers; of 3 about own ones"
denominator = "requests of own titles to other networks"
by = "capture"
needs = ["map_component"]
*/
with abroad as (
  select map_category.category, subscriber.party as party
  from map_request request
  join gt_owner called
    on called.digits = request.called_gt and called.plan = coalesce(request.called_plan, 0)
    and called.nature = coalesce(request.called_nature, 0)
  left join map_category using (opcode)
  where not coalesce(from_outside, true) and caller.party = 'home' and called.owner.party <> 'home'
    and not is_test_sim(request.imsi, request.msisdn)
)
select
  count(*) filter (
    category = '1' or (category = '2' and party not in ('home', 'unknown')) or (category = '3' and party = 'home')
  ) as numerator,
  count(*) as denominator
from abroad
