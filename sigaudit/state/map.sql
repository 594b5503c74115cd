-- MAP requests, each once, with its answer: outcomes.sql says which.

-- An invoke inside a dialogue, and the begin that opened the dialogue, by the same side or the other.
-- With what it said: for a detector, a small table to join.
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
),
found as (
  select inside.id, coalesce(by_peer.id, by_sender.id) as opening_id
  from inside
  asof left join opened by_peer
    on inside.dtid = by_peer.otid and inside.receiver = by_peer.opener and inside.seen_at >= by_peer.seen_at
  asof left join opened by_sender
    on inside.otid = by_sender.otid and inside.sender = by_sender.opener and inside.seen_at >= by_sender.seen_at
)
select
  found.id, opening_id, opening.opcode,
  coalesce(digits(opening.imsi), odd_imsi) as imsi, coalesce(digits(opening.msisdn), odd_msisdn) as msisdn
from found
join map_common opening on opening.id = opening_id
left join map_rare rare on rare.id = opening_id;

-- Supplementary services and USSD name the subscriber in the dialogue's opening alone (TS 29.002 7.3.1).
create or replace temp macro addressed_imsi(opcode, destination_reference) as
  case when opcode in (10, 11, 12, 13, 14, 17, 18, 59, 60, 61) and length(destination_reference) between 14 and 15 then destination_reference end;

-- What detectors read: a row an invoke, with what its dialogue's opening and its answer add.
-- Of those two only what is told here is joined, never the whole map_component: a capture of a day has many millions.
create or replace temp view map_request as
select
  asked.* replace (
    coalesce(
      asked.imsi, opening.imsi, addressed_imsi(asked.opcode, asked.destination_reference), digits(reply.imsi), reply_rare.odd_imsi
    ) as imsi,
    coalesce(
      asked.msisdn, opening.msisdn, digits(reply.msisdn), reply_rare.odd_msisdn
    ) as msisdn,
    reply.error_code as error_code,
    flag(reply.flags, 15) as location_returned,
    flag(reply.flags, 16) as vectors_returned,
    flag(reply.flags, 28) as location_estimate
  ),
  operation.name as operation,
  opening.opening_id,
  opening.opcode as opening_opcode,
  outcome.answer,                           -- answered, refused, no_answer, unknown
  outcome.outcome,                          -- answered, refused, rejected, aborted, returned, ended, open, ambiguous
  outcome.answer_id,
  reply.seen_at as answered_at,
  error.name as error,
  reason_called(
    outcome.outcome, coalesce(error.name, 'error ' || reply.error_code),
    reply_rare.problem, reply_rare.abort_cause, reply_rare.return_cause
  ) as reason,                              -- why there is no result
  entrance.point as capture_point,          -- outside, inside, core, unknown
  coalesce(hub.owner, caller.owner, nobody()) as caller,
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(visited_msc.owner, nobody()) as msc,
  coalesce(visited_sgsn.owner, nobody()) as sgsn,
  coalesce(entrance.from_outside, case when asked.calling_gt is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  coalesce(entrance.entrance, case when asked.calling_gt is not null then entrance_by_owner(caller.owner) end, 'unknown')
    as entrance,                            -- interconnect, national, internal, unknown
  list_filter([evidence_of('map', asked.id), evidence_of('map', outcome.answer_id)], lambda piece: piece.id is not null)
    as evidence
from map_component asked
join tcap_outcome outcome using (id)
left join map_common reply on reply.id = outcome.answer_id
left join map_rare reply_rare on reply_rare.id = outcome.answer_id
left join map_opening opening on opening.id = asked.id
left join map_operation operation on operation.code = asked.opcode
left join map_error error on error.code = reply.error_code
left join entrance on entrance.path_id = outcome.path_id
left join gt_owner caller
  on caller.digits = asked.calling_gt and caller.plan = coalesce(asked.calling_plan, 0)
  and caller.nature = coalesce(asked.calling_nature, 0)
left join gt_hub hub
  on hub.digits = asked.calling_gt and hub.plan = coalesce(asked.calling_plan, 0)
  and hub.nature = coalesce(asked.calling_nature, 0) and list_contains(hub.codes, asked.opcode)
left join imsi_owner
  on imsi_owner.prefix = left(coalesce(
    asked.imsi, opening.imsi, addressed_imsi(asked.opcode, asked.destination_reference), digits(reply.imsi), reply_rare.odd_imsi
  ), 6)
left join msisdn_owner
  on msisdn_owner.prefix = left(coalesce(
    asked.msisdn, opening.msisdn, digits(reply.msisdn), reply_rare.odd_msisdn
  ), msisdn_digits())
left join gt_owner visited_msc on visited_msc.digits = asked.msc_number and visited_msc.plan = 1 and visited_msc.nature = 0
left join gt_owner visited_sgsn on visited_sgsn.digits = asked.sgsn_number and visited_sgsn.plan = 1 and visited_sgsn.nature = 0;
