-- MAP requests, each once, with its answer: outcomes.sql says which.

-- An invoke inside a dialogue, and the begin that opened the dialogue, by the same side or the other.
create or replace temp table map_opening as
with opened as (
  select otid, seen_at, sender as opener, min(id) as id
  from tcap_step
  where tcap_type = 98 and return_cause is null
  group by all
),
inside as (
  select id, seen_at, otid, dtid, sender, receiver
  from tcap_step
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
  outcome.answer,                           -- answered, refused, no_answer, unknown
  outcome.outcome,                          -- answered, refused, rejected, aborted, returned, ended, open, ambiguous
  reply.seen_at as answered_at,
  error.name as error,
  reason_called(
    outcome.outcome, coalesce(error.name, 'error ' || reply.error_code), reply.problem, reply.abort_cause, reply.return_cause
  ) as reason,                              -- why there is no result
  entrance.point as capture_point,          -- outside, inside, core, unknown
  coalesce(hub.owner, caller.owner, nobody()) as caller,
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(visited_msc.owner, nobody()) as msc,
  coalesce(visited_sgsn.owner, nobody()) as sgsn,
  coalesce(entrance.from_outside, case when asked.calling_gt is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  list_filter([evidence_of('map', asked.id), evidence_of('map', reply.id)], lambda piece: piece.id is not null)
    as evidence
from map_component asked
join tcap_outcome outcome using (id)
left join map_component reply on reply.id = outcome.answer_id
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
left join gt_hub hub
  on hub.digits = asked.calling_gt and hub.plan = coalesce(asked.calling_plan, 0)
  and hub.nature = coalesce(asked.calling_nature, 0) and list_contains(hub.codes, asked.opcode)
left join imsi_owner on imsi_owner.prefix = left(coalesce(asked.imsi, opening.imsi, reply.imsi), 6)
left join msisdn_owner
  on msisdn_owner.prefix = left(coalesce(asked.msisdn, opening.msisdn, reply.msisdn), msisdn_digits())
left join gt_owner visited_msc on visited_msc.digits = asked.msc_number and visited_msc.plan = 1 and visited_msc.nature = 0
left join gt_owner visited_sgsn on visited_sgsn.digits = asked.sgsn_number and visited_sgsn.plan = 1 and visited_sgsn.nature = 0;
