/*
id = "DIA-17"
title = "Request for a network that is not the sender's"
threat = "spoofing"
severity = "high"
confidence = 0.8
why = """
Update-Location and Authentication-Information name the network where the subscriber is. It must be the sender's: else he registers a
subscriber, or takes vectors, in the name of a network with which the home network has an agreement. The home server's requests must come from
the network that issued the IMSI."""
benign = """
Roaming hubs, and operators that share nodes: list them as hub, or their networks as one partner. Networks of one country that no list has, and whose
PLMN alone differs, may share nodes: low."""
remedy = """
Refuse at the edge agent requests whose Visited-PLMN-Id does not belong to their Origin-Realm, and requests of home servers whose IMSI does not."""
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
with named as (
  select
    *,
    if(category = '3', visited, subscriber) as named_owner,
    if(category = '3', visited_plmn, imsi) as named,
    regexp_extract(lower(origin_realm), 'mnc([0-9]{3})[.]mcc([0-9]{3})', ['mnc', 'mcc']) as of_realm   -- TS 23.003 19.2
  from diameter_request
  join diameter_category using (command_code, application_id)
  where application_id = 16777251 and from_outside
    and (command_code in (316, 318) and subscriber.party = 'home' and visited_plmn is not null or command_code in (317, 319, 320) and imsi is not null)
),
compared as (
  select
    *,
    of_realm.mcc <> '' and not starts_with(named, of_realm.mcc || of_realm.mnc)
      and not (of_realm.mnc[1] = '0' and starts_with(named, of_realm.mcc || of_realm.mnc[2:])) as other_plmn
  from named
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, if(same_network(caller, named_owner), 'low', severity_of(answer, capture_point, 'high')) as severity,
  if(same_network(caller, named_owner), 0.3, null) as confidence, evidence,
  operation || '-Request from outside, from ' || sender_called(origin_realm, caller)
    || if(category = '3', ', for visited network ' || sender_called(visited_plmn, visited), ', for a subscriber of ' || called(subscriber))
    || '; ' || outcome_called(answer, error) as explanation
from compared
where not same_network(caller, named_owner) or (unlisted(caller) and unlisted(named_owner) and other_plmn)
