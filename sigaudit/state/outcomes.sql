-- What became of each invoke of MAP and CAP, over all captures together: whose answer it got, or why it got none.
-- A dialogue is followed by its transaction ids (Q.774 3.2.1): who asks with otid X is answered with dtid X, whichever
-- address answers. Where the same node used X again before the answer came, nobody can tell whose it is.

-- The address that an answer must come back to; a node without a global title is known by its point code.
create or replace temp macro node(gt, point_code) as hash(coalesce(gt, 'pc ' || point_code));

-- Components and messages without one, as narrow as can be: a capture of a day has many millions.
create or replace temp table tcap_step as
with component as (
  select
    common.id, seen_at, path_id, calling_id, called_id, tcap_type, otid, dtid, component, component_type, invoke_id, digest,
    return_cause
  from map_common common left join map_rare rare on rare.id = common.id
  union all
  select
    id, seen_at, path_id, calling_id, called_id, tcap_type, otid, dtid, component, component_type, invoke_id, digest,
    return_cause
  from cap_component
)
select
  component.id, seen_at, path_id, tcap_type, otid, dtid, component, component_type, invoke_id, digest, return_cause,
  case when coalesce(calling.gt, calling.point_code::varchar, opc::varchar) is not null
    then node(calling.gt, coalesce(calling.point_code, opc)) end as sender,
  case when coalesce(called.gt, called.point_code::varchar, dpc::varchar) is not null
    then node(called.gt, coalesce(called.point_code, dpc)) end as receiver
from component
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id;

-- The same message met twice within 50 ms is a second tap or a repetition on the way. Where it entered counts, whichever
-- tap's clock is ahead: the one from outside is kept, else the first.
create or replace temp table tcap_copy as
with repeated as (
  select digest from tcap_step group by digest, component having count(*) > 1
),
spaced as (
  select
    id, digest, component, seen_at, path_id,
    coalesce(seen_at - lag(seen_at) over (partition by digest, component order by seen_at, id) > interval 50 milliseconds, true) as begins
  from tcap_step semi join repeated using (digest)
),
numbered as (
  select
    *, count(*) filter (where begins) over (
      partition by digest, component order by seen_at, id rows unbounded preceding
    ) as nth
  from spaced
)
select id
from numbered
left join entrance using (path_id)
qualify row_number() over (
  partition by digest, component, nth order by coalesce(from_outside, false) desc, numbered.seen_at, id
) > 1;

create or replace temp table tcap_asked as
select id, seen_at, path_id, otid, invoke_id, sender
from tcap_step
anti join tcap_copy using (id)
where component_type = 161 and return_cause is null;

-- Invokes behind which the same node used the same identifiers again, and when.
create or replace temp table tcap_asked_again as
with used_again as (
  select otid, invoke_id, sender from tcap_asked group by all having count(*) > 1
)
select
  id,
  min(seen_at) over (
    partition by otid, invoke_id, sender order by seen_at
    range between interval 1 microsecond following and unbounded following
  ) as asked_again_at
from tcap_asked semi join used_again using (otid, invoke_id, sender);

-- What may answer an invoke: results, errors and rejects; segments of a result are results (Q.773 3.3.2).
create or replace temp table tcap_reply as
select
  dtid, invoke_id, receiver, seen_at, min(id) as id,
  case
    when bool_or(component_type in (162, 167)) then 'answered'
    when bool_or(component_type = 163) then 'refused'
    else 'rejected'
  end as outcome
from tcap_step
where component_type in (162, 163, 164, 167) and invoke_id is not null and dtid is not null and return_cause is null
group by all;

-- What ends a dialogue for all invokes in it: an abort, a reject that names no invoke, an end without the result.
create or replace temp table tcap_closing as
select
  dtid, receiver, seen_at, min(id) as id,
  case
    when bool_or(tcap_type = 103) then 'aborted'
    when bool_or(component_type = 164 and invoke_id is null) then 'rejected'
    else 'ended'
  end as outcome
from tcap_step
where dtid is not null and return_cause is null
  and (tcap_type in (100, 103) or (component_type = 164 and invoke_id is null))
group by all;

-- What came back because it could not be delivered: the invoke itself, its addresses swapped (Q.713 4.11).
create or replace temp table tcap_returned as
select otid, invoke_id, receiver, seen_at, min(id) as id
from tcap_step
where component_type = 161 and return_cause is not null
group by all;

create or replace temp table tcap_outcome as
with paired as (
  select
    asked.id, asked.seen_at, path_id, asked_again_at,
    reply.id as reply_id, reply.seen_at as replied_at, reply.outcome as reply,
    closing.id as closing_id, closing.seen_at as closed_at, closing.outcome as closing,
    returned.id as returned_id, returned.seen_at as returned_at
  from tcap_asked asked
  asof left join tcap_reply reply
    on asked.otid = reply.dtid and asked.invoke_id = reply.invoke_id and asked.sender = reply.receiver
    and asked.seen_at <= reply.seen_at
  asof left join tcap_closing closing
    on asked.otid = closing.dtid and asked.sender = closing.receiver and asked.seen_at <= closing.seen_at
  asof left join tcap_returned returned
    on asked.otid = returned.otid and asked.invoke_id = returned.invoke_id and asked.sender = returned.receiver
    and asked.seen_at <= returned.seen_at
  left join tcap_asked_again again on again.id = asked.id
),
decided as (                                -- the first of the three, if it came while the transaction lived
  select
    id, seen_at, path_id, asked_again_at,
    case
      when in_time(seen_at, replied_at) and replied_at <= coalesce(least(closed_at, returned_at), replied_at)
        then {'id': reply_id, 'at': replied_at, 'outcome': reply}
      when in_time(seen_at, returned_at) and returned_at <= coalesce(closed_at, returned_at)
        then {'id': returned_id, 'at': returned_at, 'outcome': 'returned'}
      when in_time(seen_at, closed_at) then {'id': closing_id, 'at': closed_at, 'outcome': closing}
    end as reply
  from paired
),
told as (
  select * exclude (asked_again_at), coalesce(asked_again_at <= reply['at'], false) as ambiguous from decided
)
select
  told.id, path_id,
  case when not ambiguous then reply['id'] end as answer_id,
  case when ambiguous then 'ambiguous' else coalesce(reply['outcome'], 'open') end as outcome,
  case
    when ambiguous then 'unknown'
    when reply['outcome'] = 'answered' then 'answered'
    when reply is not null then 'refused'
    when silent(seen_at, there.watched_until, back.watched_until) then 'no_answer'
    else 'unknown'
  end as answer
from told
left join path on path.id = path_id
left join direction there
  on there.sender = end_of_link(opc, source_address) and there.receiver = end_of_link(dpc, destination_address)
left join direction back
  on back.sender = end_of_link(dpc, destination_address) and back.receiver = end_of_link(opc, source_address);

create or replace temp macro abort_called(cause) as
  case cause
    when 0 then 'unrecognized message type'
    when 1 then 'unrecognized transaction id'
    when 2 then 'badly formatted transaction portion'
    when 3 then 'incorrect transaction portion'
    when 4 then 'resource limitation'
    else 'by the user'
  end;

-- Why there is no result, in words: the error, the reject's problem, the abort's or the return's cause.
create or replace temp macro reason_called(outcome, error, problem, abort_cause, return_cause) as
  case outcome
    when 'refused' then error
    when 'rejected' then 'rejected, problem ' || problem // 256 || '.' || problem % 256
    when 'aborted' then 'aborted ' || abort_called(abort_cause)
    when 'returned' then 'undelivered, cause ' || return_cause
    when 'ended' then 'ended without a result'
  end;
