/*
id = "transactions-alerted"
title = "Transactions of which the subscriber was told by a short message"
numerator = "with a message of a financial service within 60 seconds"
denominator = "transfers and cash-outs that succeeded while a capture ran"
by = "log"
needs = ["dfs_event", "sms", "dfs_provider"]
*/
with alert as (
  select msisdn, seen_at from sms_delivery where sender_is_dfs and answer = 'answered' and msisdn is not null
),
moved as (
  select * from dfs_event
  where event in ('transfer', 'cash_out') and outcome = 'success'
    and exists (from input where kind = 'capture' and occurred_at between first_seen and last_seen - interval 60 seconds)
)
select count(*) filter (alert.seen_at <= moved.occurred_at + interval 60 seconds) as numerator, count(*) as denominator
from moved
asof left join alert on alert.msisdn = moved.msisdn and moved.occurred_at <= alert.seen_at
