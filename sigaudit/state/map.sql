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

-- What is found out about an invoke, a row each, as narrow as can be: a capture of a day has many millions.
-- Whose a number is, is told by an owner_number, an address by its id. Detectors read map_request and request, which stand on it.
create or replace temp table map_invoke as
with asked as (
  select
    common.id, common.seen_at, outcome.path_id, common.calling_id, common.called_id, common.opcode,
    opening_id, opening.opcode as opening_opcode, outcome.answer, outcome.outcome, outcome.answer_id,
    reply.seen_at as answered_at, reply.error_code, reply.flags as answer_flags,
    coalesce(
      digits(common.imsi), rare.odd_imsi, opening.imsi, addressed_imsi(common.opcode, destination_reference),
      digits(reply.imsi), reply_rare.odd_imsi
    ) as imsi,
    coalesce(digits(common.msisdn), rare.odd_msisdn, opening.msisdn, digits(reply.msisdn), reply_rare.odd_msisdn) as msisdn,
    coalesce(digits(common.msc_number), rare.odd_msc_number) as msc_number,
    coalesce(digits(common.sgsn_number), rare.odd_sgsn_number) as sgsn_number,
    reason_called(
      outcome.outcome, coalesce(error.name, 'error ' || reply.error_code),
      reply_rare.problem, reply_rare.abort_cause, reply_rare.return_cause
    ) as reason
  from map_common common
  join tcap_outcome outcome using (id)
  left join map_rare rare on rare.id = common.id
  left join map_opening opening on opening.id = common.id
  left join dialogue_portion dialogue on dialogue.id = common.dialogue_id
  left join map_common reply on reply.id = outcome.answer_id
  left join map_rare reply_rare on reply_rare.id = outcome.answer_id
  left join map_error error on error.code = reply.error_code
)
select
  asked.* exclude (msc_number, sgsn_number),
  coalesce(hub.owner_number, caller.owner_number) as caller_number,
  coalesce(imsi_owner.owner_number, msisdn_owner.owner_number) as subscriber_number,
  visited_msc.owner_number as msc_owner_number,
  visited_sgsn.owner_number as sgsn_owner_number,
  coalesce(entrance.point, 'unknown') as capture_point,
  coalesce(entrance.from_outside, case when calling.gt is not null then caller.owner.party <> 'home' end) as from_outside,
  coalesce(entrance.entrance, case when calling.gt is not null then entrance_by_owner(caller.owner) end, 'unknown') as entrance
from asked
left join entrance on entrance.path_id = asked.path_id
left join sccp_address calling on calling.id = calling_id
left join gt_owner caller
  on caller.digits = calling.gt and caller.plan = coalesce(calling.plan, 0) and caller.nature = coalesce(calling.nature, 0)
left join gt_hub hub
  on hub.digits = calling.gt and hub.plan = coalesce(calling.plan, 0) and hub.nature = coalesce(calling.nature, 0)
  and list_contains(hub.codes, asked.opcode)
left join imsi_owner on imsi_owner.prefix = left(imsi, 6)
left join msisdn_owner on msisdn_owner.prefix = left(msisdn, msisdn_digits())
left join gt_owner visited_msc on visited_msc.digits = msc_number and visited_msc.plan = 1 and visited_msc.nature = 0
left join gt_owner visited_sgsn on visited_sgsn.digits = sgsn_number and visited_sgsn.plan = 1 and visited_sgsn.nature = 0;

-- What detectors read: the invoke with all that it said.
create or replace temp view map_request as
select
  asked.* replace (
    invoke.id as id, invoke.seen_at as seen_at, invoke.opcode as opcode, invoke.imsi as imsi, invoke.msisdn as msisdn,
    invoke.error_code as error_code,
    flag(answer_flags, 15) as location_returned,
    flag(answer_flags, 16) as vectors_returned,
    flag(answer_flags, 28) as location_estimate
  ),
  operation.name as operation,
  opening_id, opening_opcode,
  answer,                                   -- answered, refused, no_answer, unknown
  outcome,                                  -- answered, refused, rejected, aborted, returned, ended, open, ambiguous
  answer_id, answered_at,
  error.name as error,
  reason,                                   -- why there is no result
  capture_point,                            -- outside, inside, core, unknown
  coalesce(caller.owner, nobody()) as caller,
  coalesce(subscriber.owner, nobody()) as subscriber,
  coalesce(msc.owner, nobody()) as msc,
  coalesce(sgsn.owner, nobody()) as sgsn,
  from_outside,                             -- NULL: nothing tells
  entrance,                                 -- interconnect, national, internal, unknown
  evidence_of_both('map', invoke.id, answer_id) as evidence
from map_invoke invoke
join map_component asked using (id)
left join map_operation operation on operation.code = invoke.opcode
left join map_error error on error.code = invoke.error_code
left join known_owner caller on caller.owner_number = caller_number
left join known_owner subscriber on subscriber.owner_number = subscriber_number
left join known_owner msc on msc.owner_number = msc_owner_number
left join known_owner sgsn on sgsn.owner_number = sgsn_owner_number;
