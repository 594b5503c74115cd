-- CAP requests (TS 29.078), each once, with the answer: outcomes.sql says which.

create or replace temp view cap_request as
with asked as (
  select
    cap_component.*, (cap_component.id >> 40)::integer as input_id,
    calling.gt as calling_gt, calling.plan as calling_plan, calling.nature as calling_nature, calling.ssn as calling_ssn,
    called.gt as called_gt, called.plan as called_plan, called.nature as called_nature, called.ssn as called_ssn
  from cap_component
  left join sccp_address calling on calling.id = calling_id
  left join sccp_address called on called.id = called_id
)
select
  asked.*,
  operation.name as operation,
  outcome.outcome, outcome.answer, outcome.answer_id,
  reply.seen_at as answered_at,
  reason_called(outcome.outcome, 'error ' || reply.error_code, reply.problem, reply.abort_cause, reply.return_cause) as reason,
  entrance.point as capture_point,
  coalesce(hub.owner, caller.owner, nobody()) as caller,
  coalesce(called.owner, nobody()) as called_owner,       -- whose the gsmSCF is that an initialDP goes to
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(entrance.from_outside, case when asked.calling_gt is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  coalesce(entrance.entrance, case when asked.calling_gt is not null then entrance_by_owner(caller.owner) end, 'unknown')
    as entrance,                            -- interconnect, national, internal, unknown
  evidence_of_both('cap', asked.id, reply.id) as evidence
from asked
join tcap_outcome outcome using (id)
left join cap_component reply on reply.id = outcome.answer_id
left join cap_operation operation on operation.code = asked.opcode
left join entrance on entrance.path_id = asked.path_id
left join gt_owner caller
  on caller.digits = asked.calling_gt and caller.plan = coalesce(asked.calling_plan, 0)
  and caller.nature = coalesce(asked.calling_nature, 0)
left join gt_hub hub
  on hub.digits = asked.calling_gt and hub.plan = coalesce(asked.calling_plan, 0)
  and hub.nature = coalesce(asked.calling_nature, 0) and list_contains(hub.codes, asked.opcode)
left join gt_owner called
  on called.digits = asked.called_gt and called.plan = coalesce(asked.called_plan, 0)
  and called.nature = coalesce(asked.called_nature, 0)
left join imsi_owner on imsi_owner.prefix = left(asked.imsi, 6)
left join msisdn_owner on msisdn_owner.prefix = left(asked.msisdn, msisdn_digits());
