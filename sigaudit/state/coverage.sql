-- Dialogues with both of their legs, and which share of them has both: per direction of a link and five minutes.
-- Who says that something did not happen has to ask covered() first.

-- A row a TCAP dialogue whose begin is there: what came back first, to the one who opened it.
create or replace temp table tcap_dialogue as
with begun as (
  select id, seen_at, path_id, otid, sender
  from tcap_step anti join tcap_copy using (id)
  where tcap_type = 98 and component <= 1 and return_cause is null
),
back as (                                   -- of a continue, otid is the one of the side that was called
  select dtid, receiver, seen_at, min(id) as id, arg_min(otid, id) as otid
  from tcap_step
  where dtid is not null and component <= 1 and return_cause is null
  group by all
)
select
  begun.id, begun.seen_at, path_id, begun.otid, sender,
  case when in_time(begun.seen_at, back.seen_at) then back.otid end as dtid,
  case when in_time(begun.seen_at, back.seen_at) then back.id end as answer_id,
  case when in_time(begun.seen_at, back.seen_at) then back.seen_at end as answered_at
from begun
asof left join back
  on begun.otid = back.dtid and begun.sender = back.receiver and begun.seen_at <= back.seen_at;

-- Continues, ends and aborts for which nobody asked: no message with that transaction id left the node that they are for.
create or replace temp table tcap_unasked as
with own as (
  select otid, sender, seen_at, min(id) as id
  from tcap_step
  where otid is not null and return_cause is null
  group by all
)
select step.id, step.seen_at, step.path_id, step.tcap_type, step.dtid, step.receiver
from (from tcap_step anti join tcap_copy using (id)) step
asof left join own
  on step.dtid = own.otid and step.receiver = own.sender and step.seen_at >= own.seen_at
where step.dtid is not null and step.component <= 1 and step.return_cause is null
  and (own.id is null or not in_time(own.seen_at, step.seen_at));

-- The same of Diameter: answers that belong to no request.
create or replace temp table diameter_unasked as
select id, seen_at, path_id
from diameter_common
anti join diameter_answer answer on answer.answer_id = diameter_common.id
anti join diameter_copy using (id)
where command_flags < 128;

-- A row a dialogue of any protocol.
create or replace temp view dialogue as
select 'tcap' as kind, id, seen_at, path_id, otid, dtid, answer_id, answered_at from tcap_dialogue
union all
select 'diameter', asked.id, asked.seen_at, asked.path_id, null, null, answer_id, reply.seen_at
from diameter_answer
join diameter_common asked using (id)
left join diameter_common reply on reply.id = answer_id;

-- An answer that nobody asked for is a dialogue on the way back whose first leg is missing.
create or replace temp table coverage as
with leg as (
  select path_id, time_bucket(interval 5 minutes, seen_at) as bucket, count(*) as dialogues, count(answer_id) as both_legs, true as forth
  from (
    select path_id, seen_at, answer_id from tcap_dialogue
    union all
    select answer.path_id, seen_at, answer_id from diameter_answer answer join diameter_common using (id)
  )
  group by all
  union all
  select path_id, time_bucket(interval 5 minutes, seen_at), count(*), 0, false
  from (
    select path_id, seen_at from tcap_unasked
    union all
    select path_id, seen_at from diameter_unasked
  )
  group by all
),
placed as (
  select
    leg.*, end_of_link(opc, source_address) as here, end_of_link(dpc, destination_address) as there
  from leg join path on path.id = path_id
)
select
  if(forth, here, there) as sender, if(forth, there, here) as receiver, bucket,
  sum(dialogues)::bigint as dialogues, sum(both_legs)::bigint as both_legs,
  sum(both_legs) / sum(dialogues) as share
from placed
group by all;

-- Whether what passed from sender to receiver in that time is in the captures, so that what is not there did not happen:
-- the link was watched all the time, and of its dialogues at least nine in ten have both legs. Never NULL.
create or replace temp macro covered(link_sender, link_receiver, since_when, until_when) as (
  exists (
    from watch
    where watch.sender = link_sender and watch.receiver = link_receiver
      and watch.since <= since_when and watch.until >= until_when
  )
  and coalesce((
    select sum(both_legs) >= 0.9 * sum(dialogues)
    from coverage
    where coverage.sender = link_sender and coverage.receiver = link_receiver
      and bucket > since_when - interval 5 minutes and bucket <= until_when
  ), false)
);

-- What only the statements above needed; of a large capture it is much.
drop table tcap_step;
drop table tcap_asked;
drop table tcap_asked_again;
drop table tcap_reply;
drop table tcap_closing;
drop table tcap_returned;
