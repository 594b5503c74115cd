-- Who asked what, in which hour, about subscribers that are not his own, and what came before it.
-- question: the operation, what kind of network asks, and whose subscriber it is about; sequence: that, and what the same network
-- asked about him within the hour before.
create or replace temp table asked as
with placed as (
  select
    if(kind = 'diameter', 'host', 'gt') as kind, sender as entity, time_bucket(interval 1 hour, seen_at) as stretch,
    id, seen_at, answer, from_outside, caller, operation, piece, about, what,
    what || ' by ' || party || if(ours, ' about ours', ' about others') as question
  from outside
  where sender is not null and not own
)
select
  * exclude (about, what),
  coalesce(if(seen_at - lag(seen_at) over by_subscriber < interval 1 hour, lag(what) over by_subscriber, null), 'nothing')
    || ', ' || question as sequence,
  coalesce(answer = 'refused', false) as refused,
  coalesce(answer = 'no_answer', false) as unanswered,
  not coalesce(lead(seen_at) over by_subscriber - seen_at < interval 1 hour and lead(what) over by_subscriber <> what, false) as alone,
  coalesce(abs(try_cast(about as bigint) - lag(try_cast(about as bigint)) over by_time) = 1, false) as next_number
from placed
window
  by_subscriber as (partition by about, caller order by seen_at, id),
  by_time as (partition by kind, entity, stretch order by seen_at, id);
