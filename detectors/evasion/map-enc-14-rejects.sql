/*
id = "MAP-ENC-14"
title = "Many requests in changing forms that were rejected"
threat = "evasion"
severity = "low"
confidence = 0.6
why = """
Rejects, aborts and errors about unexpected data tell a sender what a node makes of odd messages. Many of them in an hour, to requests that differ in
form, are what somebody gets who tries out which encoding passes."""
benign = "A node that was upgraded, or whose stack is broken, fails again and again in the same form: that is not told."
remedy = "Ask the network of this title what it tests; refuse what the specification does not have at the border, without an answer."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
failures_at_least = 10      # in an hour
forms_at_least = 3          # operations, contexts and subsystems that differ
*/
with failed as (
  select
    *, count(*) over within_an_hour as failures,
    count(distinct concat_ws(' ', opcode, opcode_oid, application_context, map_version, application_context_oid, called_ssn, calling_ssn))
      over within_an_hour as forms
  from border_request
  where outcome in ('rejected', 'aborted') or error_code in (35, 36) -- dataMissing, unexpectedDataValue
  window within_an_hour as (partition by calling_gt order by seen_at range between interval 1 hour preceding and current row)
),
burst as (
  select
    *, max(if(forms >= $forms_at_least, failures, 0)) over (
      partition by calling_gt order by seen_at range between current row and interval 1 hour following
    ) as most
  from failed
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  null as imsi, null as msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, 'low' as severity, null as confidence, evidence,
  most || ' requests in an hour from ' || sender_called(calling_gt, caller) || ', failed in changing forms; here '
    || coalesce(operation, 'operation ' || opcode, 'an operation') || ', ' || outcome_called(answer, reason) as explanation
from burst
where most >= $failures_at_least
