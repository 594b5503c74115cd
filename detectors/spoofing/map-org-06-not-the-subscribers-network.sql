/*
id = "MAP-ORG-06"
title = "Request of a home network from a network that did not issue the IMSI"
threat = "spoofing"
severity = "medium"
confidence = 0.7
why = """
Some operations only the network that issued the IMSI may send: they ask for a roaming number, cancel, write or delete a profile, ask for a location or speak
to the subscriber. From any other network they are made for a subscriber who is not its customer."""
benign = "A roaming hub or a sponsor of IMSIs that speaks for the subscriber's network under titles of its own, and a group's common HLR."
remedy = "Let operations of category 2 in only if the calling title and the IMSI are of the same network."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, 'for a subscriber of ' || called(subscriber), answer, reason) as explanation
from border_request
where category = '2' and imsi is not null and (subscriber.party = 'home' or not same_network(caller, subscriber))
