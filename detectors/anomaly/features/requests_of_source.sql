-- What comes from outside about subscribers that are not the sender's own: who asked what in which hour, and what came before it.
-- Restarts, watchdogs and test SIMs are left out.
-- question: the operation, what kind of network asks, and whose subscriber it is about; sequence: that, and what the same network
-- asked about him within the hour before.
create or replace temp table asked as
with placed as (
  select
    if(kind = 'diameter', 'host', 'gt') as kind, coalesce(gt, lower(host)) as entity, time_bucket(interval 1 hour, seen_at) as stretch,
    id, seen_at, answer, from_outside, called(caller) as caller, coalesce(operation, kind || ' ' || code) as operation, evidence[1] as piece,
    coalesce(imsi, msisdn) as about,
    kind || ' ' || code as what,
    what || ' by ' || caller.party || ' about '
      || if(subscriber.party = 'home', 'ours', 'others') as question
  from request
  where coalesce(from_outside, true) and coalesce(gt, host) is not null
    and coalesce(imsi, msisdn) is not null and not same_network(caller, subscriber) and not is_test_sim(imsi, msisdn)
)
select
  * exclude (what),
  coalesce(case when seen_at - lag(seen_at) over by_subscriber < interval 1 hour then lag(what) over by_subscriber end, 'nothing')
    || ', ' || question as sequence,
  coalesce(answer = 'refused', false) as refused,
  coalesce(answer = 'no_answer', false) as unanswered,
  not coalesce(lead(seen_at) over by_subscriber - seen_at < interval 1 hour and lead(what) over by_subscriber <> what, false) as alone,
  coalesce(abs(try_cast(about as bigint) - lag(try_cast(about as bigint)) over by_time) = 1, false) as next_number
from placed
window
  by_subscriber as (partition by about, caller order by seen_at, id),
  by_time as (partition by kind, entity, stretch order by seen_at, id);
