/*
id = "MAP-ENC-03"
title = "Lengths or numbers that are longer than needed around a screened operation"
threat = "evasion"
severity = "medium"
confidence = 0.6
why = """
A length or an operation code may be written in more octets than it needs, or a length be left open. Decoders forgive it; a filter that looks
for octets at their usual place overlooks what is inside."""
benign = """
Open and long lengths are sound BER, and old stacks write them in all their messages. They are told only of operations that a border refuses,
and as low of networks that are not listed."""
remedy = "Let the border decode before it filters, and refuse open lengths from networks that do not need them."
references = ["MOT3005.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with longer as (
  select
    *,
    list_filter([
      if(list_contains(kinds, 'length in more octets than it needs'), 'lengths in more octets than they need', null),
      if(list_contains(kinds, 'length of the indefinite form'), 'lengths that are left open', null),
      if(list_contains(kinds, 'integer in more octets than it needs'), 'a number in more octets than it needs', null)
    ], lambda told: told is not null) as tricks
  from odd_request
  where screened or unlisted(caller)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity,
  if(screened, null, 0.2) as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'with ' || array_to_string(tricks, ' and '), answer, reason) as explanation
from longer
where len(tricks) > 0
