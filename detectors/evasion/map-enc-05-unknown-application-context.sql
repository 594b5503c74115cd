/*
id = "MAP-ENC-05"
title = "Application context that no specification has"
threat = "evasion"
severity = "critical"
confidence = 0.9
why = """
A context with an additional number at its end, with leading zeros or of a version that does not exist looks to a filter like something else than MAP,
and to a lenient node like the context that it begins with."""
benign = """
Private contexts of one vendor between nodes of one network, and contexts of a release that the tables do not have yet: low where the
operation is none that a border refuses."""
remedy = "Let in at the border only the application contexts of the specification, compared whole."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with named as (
  select
    *,
    coalesce(oid, '0.4.0.0.1.0.' || odd_context.context || '.' || odd_context.version) as written,
    -- what follows the root of MAP is not n and v, or v is none that exists
    coalesce(starts_with(oid, '0.4.0.0.1.0.'), false) or coalesce(odd_context.version not between 1 and 4, false) as misbuilt
  from border_request
  join odd_context using (id)
  where oddity = 'unknown'
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when misbuilt then severity_of_trick(answer, capture_point, screened, if(screened, 'critical', 'high'))
    else severity_of_trick(answer, capture_point, screened, if(screened, 'high', 'low'))
  end as severity,
  if(misbuilt, null, 0.4) as confidence, evidence,
  trick_called(
    operation, opcode, calling_gt, caller, 'in application context ' || written || ', which does not exist', answer, reason
  ) as explanation
from named
