/*
id = "passwords-by-the-same-channel"
title = "One-time passwords by the channel of the transaction that they opened"
numerator = "by SMS or USSD, as the transaction"
denominator = "transfers and cash-outs in the 10 minutes after a one-time password"
by = "log"
needs = ["dfs_event"]
*/
with opened as (
  select msisdn, occurred_at, channel from dfs_event where event in ('otp_sent', 'otp_verified')
)
select
  count(*) filter (used.channel = opened.channel or (used.channel in ('ussd', 'sms') and opened.channel in ('ussd', 'sms'))) as numerator,
  count(*) as denominator
from (from dfs_event where event in ('transfer', 'cash_out') and outcome = 'success') used
asof join opened on opened.msisdn = used.msisdn and used.occurred_at >= opened.occurred_at
where opened.occurred_at >= used.occurred_at - interval 10 minutes
