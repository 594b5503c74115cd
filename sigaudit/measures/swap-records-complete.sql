/*
id = "swap-records-complete"
title = "Records of swaps, by their least complete column"
numerator = "with a value in the column that is empty most often"
denominator = "completed swaps"
by = "log"
needs = ["swap"]
*/
select
  least(
    count(requested_at), count(completed_at), count(old_imsi), count(new_imsi), count(old_iccid), count(new_iccid), count(id_check)
  ) as numerator,
  count(*) as denominator
from swap
where event = 'swap' and outcome = 'completed'
