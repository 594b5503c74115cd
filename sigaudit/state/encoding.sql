-- Requests that are written so that filters overlook them: what the detectors of evasion share.

-- Requests from outside, and whether a border that knows the categories refuses them: category 1 always, category 2 unless
-- it comes from the subscriber's own network. A registration's profile whose subscriber is not known is not held against it.
create or replace temp view border_request as
select
  request.*, category,
  coalesce(
    (category = '1' and not (opcode = 22 and entrance = 'national')) -- a country's networks route each other's ported numbers
    or (
      category = '2' and (coalesce(imsi, msisdn) is not null or tcap_type <> 101)
      and (subscriber.party = 'home' or not same_network(caller, subscriber))
    ),
    false
  ) as screened
from map_request request
left join map_category using (opcode)
where from_outside;

-- TS 23.003 8.2
create or replace temp macro subsystem_of_map(ssn) as ssn between 5 and 10 or ssn in (145, 147, 148, 149, 150);

-- To compare networks in groups: by name where they are listed, else by country.
create or replace temp macro network_of(owner) as if(unlisted(owner), owner.country, owner.party || ' ' || owner.operator);

-- What decoders forgive, of each request together.
create or replace temp view odd_request as
with told as (
  select component_id as id, list(distinct kind) as kinds from anomaly where layer in ('ber', 'tcap', 'map', 'sccp') group by all
)
select border_request.*, kinds from border_request join told using (id);

-- No honest sender writes so: even what was refused shows that somebody tries, if it is what a border refuses.
create or replace temp macro severity_of_trick(answer, capture_point, screened, answered) as
  case severity_of(answer, capture_point, answered)
    when 'low' then if(screened, 'medium', 'low')
    else severity_of(answer, capture_point, answered)
  end;

-- Honest senders write so at times: less grave than the request itself, and next to nothing where that is none that a border refuses.
create or replace temp macro severity_of_oddity(answer, capture_point, screened) as
  case
    when not screened or severity_of(answer, capture_point, 'medium') = 'low' then 'info'
    when answer = 'no_answer' then 'low'
    else 'medium'
  end;

create or replace temp macro trick_called(operation, opcode, gt, caller, trick, answer, reason) as
  coalesce(operation, 'operation ' || opcode, 'an operation') || ' from outside, from ' || sender_called(gt, caller) || ', '
    || trick || '; ' || outcome_called(answer, reason);

-- Requests whose application context is absent, of no specification, or not that of the operation. A context holds for the
-- whole dialogue; where its beginning is not in the capture, nothing can be said.
create or replace temp table odd_context as
with request as (
  select
    common.id, common.opcode, common.tcap_type in (97, 98) or opening.id is not null as begun,
    coalesce(common.dialogue_id, opening.dialogue_id) as dialogue_id
  from map_common common
  left join map_opening inside using (id)
  left join map_common opening on opening.id = inside.opening_id
  where common.component_type = 161
),
named as (
  select request.*, application_context as context, map_version as version, application_context_oid as oid
  from request left join dialogue_portion portion on portion.id = dialogue_id
)
select
  id, named.context, version, oid,
  case
    when named.context is null and oid is null then 'absent'
    when oid is not null or listed.opcodes is null then 'unknown'
    else 'other'                            -- the operation is of another context
  end as oddity,
  opcode in (select opcode from map_version_1) as of_version_1,
  of_context.opcode is not null as of_other_version       -- the context has the operation, but in another version
from named
left join map_context listed using (context, version)
left join (select distinct context, opcode from map_context_operation) of_context using (context, opcode)
where not coalesce(list_contains(listed.opcodes, opcode), false)
  and (named.context is not null or oid is not null or (begun and opcode is not null));

-- Messages of SS7 that could not be read, or not to their end, and the first component that was read of them. The time of a
-- frame of which nothing was read is not kept: that of the message before it stands for it.
create or replace temp table unread_message as
with failed as (
  select
    input_id, frame, coalesce(message, 1) as message, list_sort(list(distinct layer || ': ' || reason)) as reasons
  from problem
  where layer in ('sccp', 'tcap', 'map') and frame is not null
  group by all
),
component as (
  select id, (id >> 40)::integer as input_id, frame, message, seen_at from map_common
  union all
  select id, (id >> 40)::integer, frame, message, seen_at from cap_component
),
read as (
  select input_id, frame, message, min(id) as component_id
  from component semi join failed using (input_id, frame, message)
  group by all
),
before as (
  select input_id, frame, max(seen_at) as seen_at
  from component semi join failed using (input_id)
  group by all
)
select
  row_number() over (order by failed.input_id, failed.frame, failed.message) as id,
  failed.input_id, failed.frame, failed.message, reasons, component_id, coalesce(before.seen_at, input.first_seen) as seen_at
from failed
join input using (input_id)
left join read using (input_id, frame, message)
asof left join before on failed.input_id = before.input_id and failed.frame >= before.frame;
