/*
id = "MAP-ORG-04"
title = "Calling title of no country"
threat = "spoofing"
severity = "medium"
confidence = 0.7
why = """
Every title between networks begins with a country's code, or with one of the codes that belong to networks of the air, the sea and satellites. A title of no
such code cannot be answered by anybody honest; it is made up to get past lists of titles."""
benign = "A country code or network that came into use after the tables of this version."
remedy = "Refuse at the border all calling titles that no network is known to have."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "source"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'a title of no country', answer, reason) as explanation
from border_request
where caller.party = 'unknown' and calling_gt <> ''
  and not regexp_matches(calling_gt, '^(870|878|88[1238]|979|991)')     -- shared codes of E.164, which belong to no country
