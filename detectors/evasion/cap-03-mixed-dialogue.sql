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
with mixed as (
  select
    id, seen_at, answered_at, imsi, msisdn, calling_gt, caller, answer, reason, capture_point, evidence, subscriber,
    case
      when called_ssn in (6, 7, 9, 145) then 'CAP to subsystem ' || called_ssn || ', which is no call control'
      else 'operation ' || opcode || ' in a dialogue of CAP, which does not have it'
    end as what
  from cap_request
  where from_outside and (called_ssn in (6, 7, 9, 145) or (operation is null and opcode is not null))
  union all
  select
    id, seen_at, answered_at, imsi, msisdn, calling_gt, caller, answer, reason, capture_point, evidence, subscriber,
    operation || ' to subsystem 146, which is call control'
  from map_request
  where from_outside and called_ssn = 146
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'From outside, from ' || sender_called(calling_gt, caller) || ': ' || what || '; ' || outcome_called(answer, reason) as explanation
from mixed
