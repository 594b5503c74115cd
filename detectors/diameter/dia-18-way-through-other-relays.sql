/*
id = "DIA-18"
title = "Request that came another way than its realm's requests do"
threat = "spoofing"
severity = "medium"
confidence = 0.6
why = """
Each relay writes the node before it into the Route-Record. A request that has our own node in it went round in a loop; one without
any, though the realm's requests always have some, was put in at the last relay in the realm's name."""
benign = "A carrier's new way: it moves many requests, not one. Relays of one network count as one."
remedy = "Ask the carrier where the request entered; let each peer send only for the realms that are behind it."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
requests_at_least = 50      # of one realm over one peer, to know its ways
share_at_most = 0.02        # of them without Route-Record, to be odd
*/
with came as (
  select
    *, nullif(route_record, '') is null as bare,
    count(*) over way as requests, count(*) filter (where nullif(route_record, '') is null) over way as without
  from diameter_request
  where from_outside and application_id <> 0
  window way as (partition by lower(origin_realm), source_address)
),
passed as (
  select id, unnest(string_split(route_record, ' ')) as relay from came where not bare
),
looped as (
  select passed.id, any_value(relay) as relay
  from passed join realm_owner on realm_owner.realm = relay
  where realm_owner.owner.party = 'home'
  group by passed.id
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || sender_called(origin_realm, caller)
    || case when relay is not null then ', which had passed ' || relay || ' of the home network before'
      else ', without Route-Record, as ' || without || ' of ' || requests || ' of that realm' end
    || '; ' || outcome_called(answer, error) as explanation
from came left join looped using (id)
where relay is not null or (bare and requests >= $requests_at_least and without <= $share_at_most * requests)
