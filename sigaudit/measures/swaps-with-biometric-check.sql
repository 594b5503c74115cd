/*
id = "swaps-with-biometric-check"
title = "SIM swaps with a biometric check"
numerator = "with id_check biometric"
denominator = "completed swaps whose check is told"
by = "log"
needs = ["swap"]
*/
select count(*) filter (id_check = 'biometric') as numerator, count(id_check) as denominator
from swap
where event = 'swap' and outcome = 'completed'
