-- MAP requests, each once, with its answer: map_component joined to itself.
-- A dialogue is followed by its transaction ids (Q.774 3.2.1): who asks with otid X is answered with dtid X. Where the
-- same node used X again before the answer came, nobody can tell whose it is.
-- A message that came back undelivered (return_cause) asks nothing and answers nothing.

-- The same message met twice within 50 ms is a second tap or a repetition on the way.
create or replace temp table map_copy as
select id
from map_component
qualify seen_at - lag(seen_at) over (partition by digest, component order by seen_at, id) <= interval 50 milliseconds;

-- The address that an answer must come back to; a node without a global title is known by its point code.
create or replace temp macro return_address(gt, point_code) as coalesce(gt, 'pc ' || point_code);

create or replace temp table map_answer as
with asked as (
  select
    component.id, otid, invoke_id, seen_at, opc, dpc, source_address, destination_address,
    return_address(calling_gt, coalesce(calling_point_code, opc)) as asker,
    min(seen_at) over (
      partition by otid, invoke_id, asker order by seen_at
      range between interval 1 microsecond following and unbounded following
    ) as asked_again_at
  from map_component component
  anti join map_copy using (id)
  where component_type = 161 and return_cause is null
),
reply as (
  select
    dtid, invoke_id, seen_at, return_address(called_gt, coalesce(called_point_code, dpc)) as asker,
    min(id) as id, bool_or(component_type in (162, 167)) as answered
  from map_component
  where component_type in (162, 163, 164, 167) and dtid is not null and return_cause is null
  group by all
),
closing as (  -- an abort, or an end; an end without the result refuses too
  select
    dtid, seen_at, return_address(called_gt, coalesce(called_point_code, dpc)) as asker, min(id) as id
  from map_component
  where dtid is not null and return_cause is null
    and (tcap_type in (100, 103) or (component_type = 164 and invoke_id is null))
  group by all
),
paired as (
  select
    asked.*,
    reply.id as reply_id, reply.answered, reply.seen_at as replied_at,
    closing.id as closing_id, closing.seen_at as closed_at
  from asked
  asof left join reply
    on asked.otid = reply.dtid and asked.invoke_id = reply.invoke_id and asked.asker = reply.asker
    and asked.seen_at <= reply.seen_at
  asof left join closing
    on asked.otid = closing.dtid and asked.asker = closing.asker and asked.seen_at <= closing.seen_at
),
decided as (
  select
    * exclude (reply_id, closing_id),
    case when in_time(seen_at, replied_at) and replied_at <= coalesce(closed_at, replied_at) then reply_id end as reply_id,
    case when in_time(seen_at, closed_at) then closing_id end as closing_id,
    asked_again_at <= least(replied_at, closed_at) as ambiguous
  from paired
)
select
  decided.id,
  case when not coalesce(ambiguous, false) then coalesce(reply_id, closing_id) end as answer_id,
  case
    when coalesce(reply_id, closing_id) is not null and ambiguous then 'unknown'
    when reply_id is not null and answered then 'answered'
    when coalesce(reply_id, closing_id) is not null then 'refused'
    when silent(seen_at, there.watched_until, back.watched_until) then 'no_answer'
    else 'unknown'
  end as answer
from decided
left join direction there
  on there.sender = end_of_link(opc, source_address) and there.receiver = end_of_link(dpc, destination_address)
left join direction back
  on back.sender = end_of_link(dpc, destination_address) and back.receiver = end_of_link(opc, source_address);

-- An invoke inside a dialogue, and the begin that opened the dialogue, by the same side or the other.
create or replace temp table map_opening as
with opened as (
  select
    otid, seen_at, return_address(calling_gt, coalesce(calling_point_code, opc)) as opener, min(id) as id
  from map_component
  where tcap_type = 98 and return_cause is null
  group by all
),
inside as (
  select
    id, seen_at, otid, dtid,
    return_address(calling_gt, coalesce(calling_point_code, opc)) as sender,
    return_address(called_gt, coalesce(called_point_code, dpc)) as receiver
  from map_component
  where component_type = 161 and tcap_type = 101 and return_cause is null
)
select inside.id, coalesce(by_peer.id, by_sender.id) as opening_id
from inside
asof left join opened by_peer
  on inside.dtid = by_peer.otid and inside.receiver = by_peer.opener and inside.seen_at >= by_peer.seen_at
asof left join opened by_sender
  on inside.otid = by_sender.otid and inside.sender = by_sender.opener and inside.seen_at >= by_sender.seen_at;

-- What detectors read: a row an invoke, with what its dialogue's opening and its answer add.
create or replace temp view map_request as
select
  asked.* replace (
    coalesce(asked.imsi, opening.imsi, reply.imsi) as imsi,
    coalesce(asked.msisdn, opening.msisdn, reply.msisdn) as msisdn,
    reply.error_code as error_code,
    reply.location_returned as location_returned,
    reply.location_estimate as location_estimate,
    reply.vectors_returned as vectors_returned
  ),
  operation.name as operation,
  opening.id as opening_id,
  opening.opcode as opening_opcode,
  answer.answer,                            -- answered, refused, no_answer, unknown
  reply.seen_at as answered_at,
  error.name as error,
  entrance.point as capture_point,          -- outside, inside, core, unknown
  coalesce(caller.owner, nobody()) as caller,
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(visited_msc.owner, nobody()) as msc,
  coalesce(visited_sgsn.owner, nobody()) as sgsn,
  coalesce(entrance.from_outside, case when asked.calling_gt is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  list_filter([evidence_of('map', asked.id), evidence_of('map', reply.id)], lambda piece: piece.id is not null)
    as evidence
from map_component asked
join map_answer answer using (id)
left join map_component reply on reply.id = answer.answer_id
left join map_opening inside on inside.id = asked.id
left join map_component opening on opening.id = inside.opening_id
left join map_operation operation on operation.code = asked.opcode
left join map_error error on error.code = reply.error_code
left join entrance
  on entrance.input_id = asked.input_id
  and entrance.opc is not distinct from asked.opc
  and entrance.network_indicator is not distinct from asked.network_indicator
  and entrance.source_address is not distinct from asked.source_address
left join gt_owner caller
  on caller.digits = asked.calling_gt and caller.plan = coalesce(asked.calling_plan, 0)
  and caller.nature = coalesce(asked.calling_nature, 0)
left join imsi_owner on imsi_owner.prefix = left(coalesce(asked.imsi, opening.imsi, reply.imsi), 6)
left join msisdn_owner
  on msisdn_owner.prefix = left(coalesce(asked.msisdn, opening.msisdn, reply.msisdn), msisdn_digits())
left join gt_owner visited_msc on visited_msc.digits = asked.msc_number and visited_msc.plan = 1 and visited_msc.nature = 0
left join gt_owner visited_sgsn on visited_sgsn.digits = asked.sgsn_number and visited_sgsn.plan = 1 and visited_sgsn.nature = 0;
