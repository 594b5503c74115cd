/*
id = "MAP-ENC-04"
title = "Operation of a later version without application context"
threat = "evasion"
severity = "high"
confidence = 0.85
why = """
From version 2 on, a dialogue names its application context when it begins. Version 1 has none, so filters let a beginning without one pass
as old; but this operation does not exist in version 1."""
benign = "None is known. Short message and location operations of version 1 rightly come without a context and are not told."
remedy = "Refuse beginnings without an application context, but for the operations of version 1 from networks that still need it."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_trick(answer, capture_point, screened, if(screened, 'high', 'medium')) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'in a dialogue without application context', answer, reason) as explanation
from border_request
join odd_context using (id)
where oddity = 'absent' and not of_version_1 and operation is not null
