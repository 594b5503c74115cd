/*
id = "MAP-ENC-06"
title = "Operation inside an application context that does not have it"
threat = "evasion"
severity = "high"
confidence = 0.85
why = """
Each application context has its operations. A forbidden one inside a context that is let through passes filters that look at the context alone,
and some nodes answer it."""
benign = "An old stack that opens a dialogue in the wrong version of the right context: that is told as low."
remedy = "Check at the border that the operation belongs to the application context, in every message of the dialogue."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when of_other_version then 'low'
    else severity_of_trick(answer, capture_point, screened, 'high')
  end as severity,
  if(of_other_version, 0.3, null) as confidence, evidence,
  trick_called(
    operation, opcode, calling_gt, caller,
    'in application context 0.4.0.0.1.0.' || odd_context.context || '.' || odd_context.version || ', which does not have it', answer, reason
  ) as explanation
from border_request
join odd_context using (id)
where oddity = 'other'
