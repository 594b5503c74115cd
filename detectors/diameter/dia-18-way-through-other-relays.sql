/*
id = "DIA-18"
title = "Request that came another way than its realm's requests do"
threat = "spoofing"
severity = "medium"
confidence = 0.6
why = """
Each relay writes the node before it into the Route-Record, first of all the one that sends. A request that has our own node in it went round in a
loop. One without any record, with somebody else in the sender's place, with two relays more or fewer, or over other networks than the requests
of its realm, was put in on the way in the realm's name."""
benign = """
A carrier's new way: it moves many requests, or those of many realms, and nothing comes the old way any more. Relays of one network count as one."""
remedy = "Ask the carrier where the request entered; let each peer send only for the realms that are behind it."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
requests_at_least = 50      # of one realm over one peer, to know its ways
share_at_most = 0.02        # of them without Route-Record, with another node in the sender's place, or over so many relays, to be odd
relays_apart = 2            # so many more or fewer than usual
usual_share = 0.9           # of them over as many relays, to be usual
new_share_at_most = 0.001   # of them over the same networks, to be a new way
realms_at_most = 2          # that came this way; where more did, a carrier changed it
*/
with sent as (                              -- counted first, so that little is joined
  select path_id, route_id, count(*) as requests, max(seen_at) as latest
  from diameter_common
  where command_flags >= 128 and application_id <> 0
  group by all
),
recorded as (
  select
    path_id, route_id, requests, latest, source_address as peer, lower(origin_realm) as realm, lower(origin_host) as host,
    list_filter(string_split(coalesce(route_record, ''), ' '), lambda relay: relay <> '') as relays
  from sent
  join path on path.id = path_id
  left join diameter_route route on route.id = route_id
),
way as (                                    -- networks: of the relays behind the sender, by the domains that they are in
  select
    *, len(relays) as hops, len(relays) > 0 and lower(relays[1]) <> host as in_his_place,
    array_to_string(list_distinct(list_sort(list_transform(
      if(in_his_place, relays, relays[2:]), lambda relay: regexp_replace(lower(relay), '^[^.]*[.]', '')
    ))), ' ') as networks
  from recorded
),
total as (
  select
    realm, peer, sum(requests) as requests, coalesce(sum(requests) filter (where hops = 0), 0) as bare,
    coalesce(sum(requests) filter (where hops > 0), 0) as with_record,
    coalesce(sum(requests) filter (where in_his_place), 0) as in_his_place
  from way
  group by all
),
by_hops as (
  select realm, peer, hops, sum(requests) as requests, max(latest) as latest from way where hops > 0 group by all
),
usual_hops as (
  select realm, peer, arg_max(hops, requests) as hops, max(requests) as requests, arg_max(latest, requests) as latest
  from by_hops
  group by all
),
by_networks as (
  select realm, peer, networks, sum(requests) as requests from way where hops > 0 group by all
),
realms as (                                 -- that came over these networks, whoever brought them
  select networks, count(distinct realm) as realms from by_networks group by all
),
compared as (
  select
    way.*, total.requests as all_requests, total.bare, with_record, total.in_his_place as displaced, usual_hops.hops as usual, usual_hops.latest as usual_until,
    by_networks.requests as alike, coalesce(realms <= $realms_at_most, true) as of_few_realms,
    usual_hops.requests >= $usual_share * with_record and by_hops.requests <= $share_at_most * with_record as seldom_as_many
  from way
  join total on total.realm is not distinct from way.realm and total.peer is not distinct from way.peer
  left join usual_hops on usual_hops.realm is not distinct from way.realm and usual_hops.peer is not distinct from way.peer
  left join by_hops
    on by_hops.realm is not distinct from way.realm and by_hops.peer is not distinct from way.peer and by_hops.hops = way.hops
  left join by_networks
    on by_networks.realm is not distinct from way.realm and by_networks.peer is not distinct from way.peer and by_networks.networks = way.networks
  left join realms on realms.networks = way.networks
),
judged as (
  select
    *,
    case
      when hops = 0 and bare <= $share_at_most * all_requests
        then 'without Route-Record, as ' || bare || ' of ' || all_requests || ' of that realm'
      when in_his_place and with_record >= $requests_at_least and displaced <= $share_at_most * with_record
        then 'which the first relay got from ' || relays[1] || ', as ' || displaced || ' of ' || with_record || ' of that realm'
      when hops > 0 and abs(hops - usual) >= $relays_apart and seldom_as_many and of_few_realms
        then 'with ' || hops || ' nodes in its Route-Record, where requests of that realm have ' || usual
      when hops > 0 and alike <= $new_share_at_most * with_record and of_few_realms
        then 'over ' || array_to_string(relays, ', ') || ', as ' || alike || ' of ' || with_record || ' of that realm'
    end as oddity
  from compared
  where all_requests >= $requests_at_least
),
looped as (
  select path_id, route_id, min(relay) as relay
  from (select path_id, route_id, unnest(relays) as relay from recorded) passed
  join realm_owner on realm_owner.realm = relay
  where realm_owner.owner.party = 'home'
  group by all
),
odd as (
  select
    path_id, route_id,
    coalesce('which had passed ' || relay || ' of the home network before', oddity) as oddity,
    if(relay is null and hops > 0 and not in_his_place, usual_until, null) as before   -- what moved for good is a new way
  from (from judged where oddity is not null) judged
  full join looped using (path_id, route_id)
),
message as (
  select common.id, oddity
  from diameter_common common
  join odd on odd.path_id = common.path_id and odd.route_id is not distinct from common.route_id
  where command_flags >= 128 and application_id <> 0 and common.seen_at < coalesce(before, timestamp 'infinity')
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || sender_called(origin_realm, caller)
    || ', ' || oddity || '; ' || outcome_called(answer, error) as explanation
from diameter_request
join message using (id)
where from_outside
