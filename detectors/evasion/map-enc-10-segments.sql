/*
id = "MAP-ENC-10"
title = "Message cut into segments that hide its operation"
threat = "evasion"
severity = "high"
confidence = 0.7
why = """
A first segment that is too short to hold the operation, or segments of a message that would fit into one, pass filters that judge single SCCP
messages."""
benign = """
Long messages (subscriber data, short messages) are rightly segmented, and segments may overtake each other on two links. Needless or disordered
segments are told only of operations that a border refuses."""
remedy = "Let the border put segments together before it judges them, and refuse first segments without an operation."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with segmented as (
  select
    *, list_contains(kinds, 'first segment of less than 40 octets') as short,
    list_filter(kinds, lambda kind: kind in (
      'first segment of less than 40 octets', 'segments of a message that fits into one', 'segments out of order'
    )) as tricks
  from odd_request
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when short then severity_of_trick(answer, capture_point, screened, if(screened, 'high', 'low'))
    else severity_of_oddity(answer, capture_point, screened)
  end as severity,
  if(short, null, 0.4) as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with ' || array_to_string(list_sort(tricks), ' and '), answer, reason) as explanation
from segmented
where len(tricks) > 0 and (short or screened)
