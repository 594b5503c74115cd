/*
id = "payments-to-payees-near-a-swap"
title = "Payments to payees that were added near a SIM swap"
numerator = "that succeeded without a matching IMSI check"
denominator = "payments within payee_near_swap_hours of a swap to payees added then"
by = "log"
needs = ["swap", "dfs_event"]
*/
with near as (
  select distinct payment.id, payment.imsi_check
  from swap
  join dfs_event added
    on added.msisdn = swap.msisdn and added.event = 'payee_added' and added.outcome = 'success'
    and abs(epoch(added.occurred_at - coalesce(requested_at, completed_at))) <= 3600 * $payee_near_swap_hours
  join dfs_event payment
    on payment.msisdn = added.msisdn and payment.payee = added.payee and payment.event = 'transfer' and payment.outcome = 'success'
    and payment.occurred_at between added.occurred_at and coalesce(requested_at, completed_at) + to_hours($payee_near_swap_hours)
  where swap.event = 'swap'
)
select count(*) filter (imsi_check is distinct from 'match') as numerator, count(*) as denominator
from near
