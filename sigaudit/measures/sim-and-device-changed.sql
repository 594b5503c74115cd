/*
id = "sim-and-device-changed"
title = "Money moved where SIM and device had both changed, before the new SIM was verified"
numerator = "transfers and cash-outs that succeeded without a matching IMSI check"
denominator = "first events of accounts with another IMSI and another device"
by = "log"
needs = ["dfs_event"]
*/
with event as (
  select
    *, coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) as account,
    lag(imei) over (partition by coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) order by occurred_at, id) as imei_before,
    lag(imsi) over (partition by coalesce(provider, '') || ' ' || coalesce(account_id, msisdn) order by occurred_at, id) as imsi_before
  from dfs_event
  where imei is not null
)

select
  count(*) filter (event in ('transfer', 'cash_out') and outcome = 'success' and imsi_check is distinct from 'match') as numerator,
  count(*) as denominator
from event
where imei <> imei_before and imsi <> imsi_before
