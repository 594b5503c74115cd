/*
id = "events-with-device"
title = "Events with the device's IMEI"
numerator = "with an IMEI"
denominator = "events of logs that tell of devices"
by = "log"
needs = ["dfs_event"]
*/
select count(imei) as numerator, count(*) as denominator
from told_event
where tells_imei
