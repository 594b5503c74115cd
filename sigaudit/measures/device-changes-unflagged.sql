/*
id = "device-changes-unflagged"
title = "Accounts used from another device that was not told as new"
numerator = "with a success from the device before an event new_device"
denominator = "changes of an account's device"
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
  count(*) filter (event <> 'new_device' and outcome = 'success' and imsi_check is distinct from 'match') as numerator,
  count(*) as denominator
from event
where imei <> imei_before
