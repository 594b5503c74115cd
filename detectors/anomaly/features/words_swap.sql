create or replace temp macro counter_hour(channel, done_locally) as coalesce(channel, 'unknown') || ' at ' || hour(done_locally);
-- 24 over the hours to it: 1 a day after, 24 an hour after; NULL if it did not come.
create or replace temp macro soon(moment, done) as 24 / (epoch(moment - done) / 3600 + 0.1);
