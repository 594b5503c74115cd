-- What is asked about each own subscriber in a day, and what came before it.
-- question: the operation and what kind of network asks; sequence: that, what came before within the hour, and whether from the same network.
create or replace temp table asked as
with placed as (
  select
    'imsi' as kind, imsi as entity, time_bucket(interval 1 day, seen_at) as stretch,
    id, seen_at, answer, from_outside, caller, operation, piece, what || ' by ' || party as question,
    kind = 'map' and code in (2, 23) or kind = 'diameter' and operation = 'Update-Location' as registers,
    kind = 'map' and code = 70 as asks_state
  from outside
  where imsi is not null and ours
)
select
  * exclude (registers),
  case
    when seen_at - lag(seen_at) over by_time < interval 1 hour
      then lag(question) over by_time || if(lag(caller) over by_time = caller, ', same: ', ', other: ')
    else 'nothing, '
  end || question as sequence,
  coalesce(answer = 'refused', false) as refused,
  coalesce(answer = 'no_answer', false) as unanswered,
  false as alone,
  sum(registers::integer) over (by_time rows unbounded preceding) as update       -- how many location updates came before
from placed
window by_time as (partition by entity order by seen_at, id);
