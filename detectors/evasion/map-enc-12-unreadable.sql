/*
id = "MAP-ENC-12"
title = "Message that cannot be read as it stands, or holds more than it may"
threat = "evasion"
severity = "medium"
confidence = 0.7
why = """
Octets behind the argument, elements that are there twice or in the wrong order, lengths that do not fit: decoders take from them what they
like, and two decoders may take two different subscribers. What cannot be decoded at all passes a filter unseen, or crashes a node."""
benign = """
Extensions of a later release or of a vendor inside an argument, and captures that cut frames short. They are graver than low only with
operations that a border refuses."""
remedy = "Refuse messages at the border that cannot be decoded whole, or hold more than the specification has."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with surplus as (
  select component_id as id, kind as oddity
  from anomaly
  where kind in (
    'octets behind what was understood', 'message longer than what carries it', 'element that is there twice',
    'element out of its order', 'element that the specification does not have'
  )
  union
  select component_id, unnest(reasons) from unread_message
),
odd as (
  select id, array_to_string(list_sort(list(oddity)), ' and ') as oddities from surplus group by id
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity,
  if(screened, null, 0.3) as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with ' || oddities, answer, reason) as explanation
from border_request
join odd using (id)
where screened or unlisted(caller)
union all
select
  seen_at, seen_at, null, null, null, null, null, null,
  'unknown', 'low', 0.2, [evidence_of('frame', id)],
  'Nothing could be read of a message: ' || array_to_string(reasons, ' and ')
from unread_message
where component_id is null
