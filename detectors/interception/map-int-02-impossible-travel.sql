/*
id = "MAP-INT-02"
title = "Subscriber registered where he cannot have travelled"
threat = "sms-interception"
severity = "high"
confidence = 0.75
why = """
Nobody travels faster than an aircraft. A registration in a country that cannot be reached in the time since the last one, of MAP or
Diameter, was made by somebody who has no telephone there."""
benign = """
Neighbouring countries count as no distance, hubs as no place. Clocks that differ between captures; the same IMSI in two SIMs; networks
on ships and aircraft have no country."""
remedy = "Compare each registration with the last one of any domain before it is accepted, and refuse what cannot be."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
kilometres_an_hour = 1100     # an airliner with the wind behind it
minutes_of_slack = 20
*/
select
  left_at as first_seen, coalesce(answered_at, seen_at) as last_seen, imsi, msisdn,
  if(place.party = 'home', left_gt, gt) as gt, if(place.party = 'home', left_host, host) as host, -- who comes home is not the one
  if(place.party = 'home', left_realm, realm) as realm, null as agent,
  answer, severity_of(answer, capture_point, 'high') as severity,
  case when unlisted(place) or unlisted(left_place) then 0.9 end as confidence, left_evidence || evidence as evidence,
  'Registered in ' || left_place.country || ', and ' || round(minutes)::integer || ' minutes later in ' || place.country || ', at least '
    || round(kilometres)::integer || ' km away, by ' || sender_called(coalesce(gt, realm), caller) || '; ' || outcome_called(answer, error) as explanation
from journey
where kind = 'map' and minutes < kilometres / $kilometres_an_hour * 60 - $minutes_of_slack
