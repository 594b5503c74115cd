/*
id = "MAP-ENC-09"
title = "Screened operation to or from a subsystem that does not have it"
threat = "evasion"
severity = "medium"
confidence = 0.5
why = """
The subsystem number tells which node of the network a message is for. Without one, or with another's, a filter that goes by subsystem does not look
at the message, and the node that it reaches may read it all the same."""
benign = "Transfer points that write subsystem numbers anew, and MSCs that answer for the VLR beside them. Told only of operations that a border refuses."
remedy = "Refuse MAP at the border whose subsystem numbers are absent or not those of the operation."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with numbered as (
  select
    request.*,
    case
      when coalesce(called_ssn, 0) = 0 then 'to no subsystem'
      when not subsystem_of_map(called_ssn) then 'to subsystem ' || called_ssn || ', which is not MAP''s'
      when called_ssn <> 5 and not list_contains(to_ssn, called_ssn) then 'to subsystem ' || called_ssn || ', which does not answer it'
      when coalesce(calling_ssn, 0) = 0 then 'from no subsystem'
      when not subsystem_of_map(calling_ssn) then 'from subsystem ' || calling_ssn || ', which is not MAP''s'
    end as trick
  from border_request request
  join map_category using (opcode)
  where tcap_type = 98 and request.category in ('1', '2') and screened
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, trick, answer, reason) as explanation
from numbered
where trick is not null
