/*
id = "swaps-without-check"
title = "SIM swaps without any check of identity"
numerator = "with id_check none"
denominator = "completed swaps whose check is told"
by = "log"
needs = ["swap"]
*/
select count(*) filter (id_check = 'none') as numerator, count(id_check) as denominator
from swap
where event = 'swap' and outcome = 'completed'
