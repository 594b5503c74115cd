/*
id = "DIA-02"
title = "Diameter command under an application it does not belong to"
threat = "evasion"
severity = "high"
confidence = 0.9
why = """
Filters look at the application id, servers at the command. A request whose command belongs to another application, or
whose header names another one than its body, is written to be let through as something that it is not."""
benign = "None is known; a faulty stack would do it in every request."
remedy = "Refuse at the edge agent commands that the application does not define, and headers that contradict the body."
references = ["MOT3005.301"]
needs = ["diameter_message"]
split_by = "source"
*/
with listed as (                            -- beside the base protocol's, which every application may use
  select command_code, application_id from diameter_category
  union all
  select * from (values (271, 0), (8388648, 16777313)) as rare (command_code, application_id)
),
known_command as (
  select distinct command_code from listed where application_id <> 0
),
known_application as (
  select distinct application_id from listed
),
odd as (
  select
    request.*,
    listed.command_code is null and request.command_code not in (258, 274, 275)
      and (known_application.application_id is not null or known_command.command_code is not null) as misplaced
  from diameter_request request
  left join listed using (command_code, application_id)
  left join known_command on known_command.command_code = request.command_code
  left join known_application on known_application.application_id = request.application_id
  where from_outside
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'Command ' || command_code || ' from outside, from ' || sender_called(origin_realm, caller) || ', under application ' || application_id
    || case when misplaced then ', which has no such command' else ' in the header and ' || other_application || ' in the body' end
    || '; ' || outcome_called(answer, error) as explanation
from odd
where misplaced or (other_application <> application_id and application_id <> 0)
