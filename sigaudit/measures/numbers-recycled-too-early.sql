/*
id = "numbers-recycled-too-early"
title = "Numbers given to a next subscriber before their quarantine was over"
numerator = "sooner than recycle_quarantine_days after the release"
denominator = "numbers given to a next subscriber"
by = "log"
needs = ["swap"]
*/
select
  count(*) filter (completed_at < released_at + to_days($recycle_quarantine_days)) as numerator,
  count(*) as denominator
from swap
where outcome = 'completed' and released_at is not null
