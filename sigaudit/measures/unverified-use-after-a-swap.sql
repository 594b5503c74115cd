/*
id = "unverified-use-after-a-swap"
title = "Money moved or accounts changed after a SIM swap, before the new SIM was verified"
numerator = "without a matching IMSI check since the swap"
denominator = "transfers, cash-outs, new payees and resets that succeeded in swap_cooling_off_hours after a swap"
by = "log"
needs = ["swap", "dfs_event"]
*/
with swapped as (
  select msisdn, completed_at from swap where outcome = 'completed' and event in ('swap', 'port_in', 'multi_sim')
),
checked as (
  select msisdn, occurred_at from dfs_event where imsi_check = 'match'
),
used as (
  select event.msisdn, event.occurred_at, swapped.completed_at
  from (
    from dfs_event
    where event in ('transfer', 'cash_out', 'payee_added', 'pin_reset', 'password_reset') and outcome = 'success'
  ) event
  asof join swapped on swapped.msisdn = event.msisdn and event.occurred_at >= swapped.completed_at
  where event.occurred_at <= swapped.completed_at + to_hours($swap_cooling_off_hours)
)
select
  count(*) filter (coalesce(checked.occurred_at < used.completed_at, true)) as numerator,
  count(*) as denominator
from used
asof left join checked on checked.msisdn = used.msisdn and used.occurred_at >= checked.occurred_at
