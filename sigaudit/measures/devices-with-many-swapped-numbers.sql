/*
id = "devices-with-many-swapped-numbers"
title = "Devices with SIMs of many swapped numbers"
numerator = "with numbers_of_one_device or more in 7 days"
denominator = "devices that swapped SIMs were put into"
by = "log"
needs = ["swap"]

[defaults]
numbers_of_one_device = 3
*/
with counted as (
  select one.new_imei, count(distinct other.msisdn) as numbers
  from swap one
  join swap other
    on other.new_imei = one.new_imei and other.completed_at between one.completed_at - interval 7 days and one.completed_at
  where one.event = 'swap' and one.outcome = 'completed' and other.event = 'swap' and other.outcome = 'completed'
  group by one.id, one.new_imei
),
device as (
  select new_imei, max(numbers) as numbers from counted where new_imei is not null group by new_imei
)
select count(*) filter (numbers >= $numbers_of_one_device) as numerator, count(*) as denominator
from device
