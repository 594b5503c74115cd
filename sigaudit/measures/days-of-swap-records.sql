/*
id = "days-of-swap-records"
title = "Days that the SIM-swap log reaches back"
numerator = "days from the first event to the last"
denominator = "events"
unit = "count"
by = "log"
needs = ["swap"]
*/
select
  date_diff('day', min(coalesce(completed_at, requested_at)), max(coalesce(completed_at, requested_at))) as numerator,
  count(*) as denominator, numerator::double as value
from swap
