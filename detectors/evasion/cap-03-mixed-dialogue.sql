/*
id = "CAP-03"
title = "Call control addressed as something else, or something else as call control"
threat = "evasion"
severity = "medium"
confidence = 0.7
why = """
A filter chooses its rules by subsystem and application context. CAP sent to the subsystem of a register, MAP sent to that of call
control, or an operation that CAP does not have inside its dialogue, passes under the rules for another protocol."""
benign = "None known between networks."
remedy = "Check that subsystem, application context and operation belong together, and refuse what does not."
references = ["MOT3005.301"]
needs = ["cap_component"]
split_by = "source"
*/
with placed as (                            -- which of CAP's three protocols operation and context are of (TS 29.078 5.3, 6.1, 8.1, 7.1)
  select
    request.*,
    case when opcode between 60 and 69 then 'short messages' when opcode between 70 and 85 then 'data' else 'calls' end as of_operation,
    case
      when application_context_oid in ('0.4.0.0.1.21.3.61', '0.4.0.0.1.23.3.61') then 'short messages'
      when application_context_oid in ('0.4.0.0.1.21.3.50', '0.4.0.0.1.21.3.51') then 'data'
      when application_context_oid is not null then 'calls'
    end as of_context
  from cap_request request
  left join dialogue_portion portion on portion.id = dialogue_id
),
mixed as (
  select
    placed.id, seen_at, answered_at, imsi, msisdn, calling_gt, caller, answer, reason, capture_point, evidence,
    (operation is null or of_operation <> of_context) and coalesce(category = '1', false) as forbidden,
    case
      when called_ssn in (6, 7, 9, 145) then 'CAP to subsystem ' || called_ssn || ', which is no call control'
      when operation is null then 'operation ' || opcode || ' in a dialogue of CAP, which does not have it'
      else 'operation ' || opcode || ', of ' || of_operation || ', in a dialogue of CAP for ' || of_context
    end
      || case when operation is null or of_operation <> of_context then coalesce('; by MAP it is ' || map_operation.name, '') else '' end as what
  from placed
  left join map_operation on map_operation.code = opcode
  left join map_category using (opcode)
  where from_outside
    and (called_ssn in (6, 7, 9, 145) or (operation is null and opcode is not null) or of_operation <> of_context)
  union all
  select
    id, seen_at, answered_at, imsi, msisdn, calling_gt, caller, answer, reason, capture_point, evidence, screened,
    operation || ' to subsystem 146, which is call control'
  from border_request
  where called_ssn = 146
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  severity_of_trick(answer, capture_point, forbidden, 'medium') as severity, null as confidence, evidence,
  'From outside, from ' || sender_called(calling_gt, caller) || ': ' || what || '; ' || outcome_called(answer, reason) as explanation
from mixed
