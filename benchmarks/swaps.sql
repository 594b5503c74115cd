-- Rows of a swap log and of a financial service's log, in proportion: {swaps} swaps and {events} events of four times as many numbers
-- as there are swaps, over 180 days. One swap in fifty is careless; one in a thousand is followed at once by a password and a payment.

insert into input values
  (1, 'swaps.parquet', 'swaps.parquet', 'a', 'sim_swap', null, 1, {swaps}, null, '2026-01-01', '2026-06-30'),
  (2, 'dfs.parquet', 'dfs.parquet', 'b', 'dfs_event', null, 1, {events}, null, '2026-01-01', '2026-06-30');

insert into swap
select
  (1::bigint << 40) + i, 1, 'S' || i, 'swap', done - interval 10 minutes, done,
  '23359' || lpad((hash(i) % {numbers})::varchar, 8, '0'), '62099' || lpad((hash(i) % {numbers})::varchar, 10, '0'),
  '62099' || lpad((1000000000 + i)::varchar, 10, '0'), null, null, '3569' || lpad((hash(i + 7) % 1000000000)::varchar, 10, '0'),
  'lost', 'store', 'O' || (hash(i + 3) % 3000)::varchar, 'A' || (hash(i + 3) % 12000)::varchar,
  if(hash(i + 5) % 50 = 0, 'knowledge', 'biometric'), 'completed', done - interval 9 minutes, done + interval 30 seconds, null
from (
  select i, timestamp '2026-01-01' + to_seconds((hash(i + 11) % 15552000)::bigint) as done
  from range({swaps}) as r(i)
);

insert into dfs_event
select
  (2::bigint << 40) + i, 2, 'E' || i,
  timestamp '2026-01-01' + to_seconds((hash(i * 3 + 1) % 15552000)::bigint),
  '23359' || lpad((hash(i // 5 + 99) % {numbers})::varchar, 8, '0'), 'Example Money',
  ['login', 'otp_sent', 'otp_verified', 'transfer', 'login'][(i % 5)::integer + 1], 'app',
  if(i % 5 = 3, 100, null), if(i % 5 = 3, 'GHS', null), 'success', null, 'match', null, if(i % 5 = 3, 'P' || (hash(i) % 500000)::varchar, null), null
from range({events}) as r(i);

insert into dfs_event
select
  (2::bigint << 40) + {events} + 2 * s.id + k, 2, 'F' || s.id || '-' || k, completed_at + to_minutes(60 + 3 * k), msisdn, 'Example Money',
  ['otp_sent', 'transfer'][k::integer + 1], 'app', if(k = 1, 900, null), 'GHS', 'success', null, 'match', null, if(k = 1, 'P1', null), null
from (select * replace (id - (1::bigint << 40) as id) from swap where (id & 1023) = 7) s, range(2) as r(k);
