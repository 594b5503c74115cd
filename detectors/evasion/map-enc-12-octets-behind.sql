/*
id = "MAP-ENC-12"
title = "Octets or elements that do not belong to a screened operation"
threat = "evasion"
severity = "medium"
confidence = 0.7
why = """
Octets behind the argument, elements that are there twice or in the wrong order: decoders take from them what they like, and two decoders
may take two different subscribers."""
benign = """
Extensions of a later release or of a vendor inside an argument. They are told only of operations that a border refuses, and as low of networks that
are not listed."""
remedy = """
Refuse messages at the border that hold more than the specification has."""
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with surplus as (
  select *, list_filter(kinds, lambda kind: kind in (
    'octets behind what was understood', 'message longer than what carries it', 'element that is there twice',
    'element out of its order', 'element that the specification does not have'
  )) as surplus
  from odd_request
  where screened or unlisted(caller)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity,
  if(screened, null, 0.3) as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with ' || array_to_string(list_sort(surplus), ' and '), answer, reason)
    as explanation
from surplus
where len(surplus) > 0
