/*
id = "MAP-ENC-07"
title = "Operations of several contexts in one message"
threat = "evasion"
severity = "high"
confidence = 0.9
why = """
A message may carry several components. A filter that judges by the first lets the others through: behind a harmless operation comes the one that
it would have refused."""
benign = """
Operations that belong together travel together: subscriber data and trace, or what version 1 begins a supplementary service with. They are of one
application context and are not told."""
remedy = "Let the border judge each component of a message, or refuse messages with several invokes of different operations."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with crowded as (                           -- messages with invokes of several operations
  select input_id, frame, message, list(distinct opcode) as opcodes
  from (select distinct (id >> 40)::integer as input_id, frame, message from map_common where component > 1 and component_type = 161)
  join border_request using (input_id, frame, message)
  group by all
  having count(distinct opcode) > 1
),
together as (
  select distinct input_id, frame, message
  from crowded join map_context on list_has_all(map_context.opcodes, crowded.opcodes)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_trick(answer, capture_point, screened, if(screened, 'high', 'medium')) as severity,
  null as confidence, evidence,
  trick_called(
    operation, opcode, calling_gt, caller, 'component ' || component || ' of a message with ' || len(opcodes) || ' operations',
    answer, reason
  ) as explanation
from border_request
join (from crowded anti join together using (input_id, frame, message)) using (input_id, frame, message)
