/*
id = "readable-ussd"
title = "USSD strings that can be read on the way"
numerator = "in GSM 7-bit or UCS-2 text"
denominator = "USSD strings"
by = "capture"
needs = ["ussd"]
*/
select count(*) filter (characters is not null) as numerator, count(*) as denominator
from ussd
