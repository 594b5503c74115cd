/*
id = "sims-in-alternating-devices"
title = "SIMs that change between two devices again and again"
numerator = "with alternations or more changes back in 24 hours"
denominator = "SIMs with a device"
by = "log"
needs = ["dfs_event"]

[defaults]
alternations = 3
*/
with step as (
  select
    imsi, occurred_at, imei, lag(imei) over seen as one_before, lag(imei, 2) over seen as two_before
  from (
    from dfs_event where imei is not null and imsi is not null
    qualify imei is distinct from lag(imei) over (partition by imsi order by occurred_at, id)
  )
  window seen as (partition by imsi order by occurred_at)
),
counted as (
  select
    imsi, count(*) filter (imei = two_before and imei <> one_before) over (
      partition by imsi order by occurred_at range interval 24 hours preceding
    ) as alternations
  from step
)
select
  count(distinct imsi) filter (alternations >= $alternations) as numerator, count(distinct imsi) as denominator
from counted
