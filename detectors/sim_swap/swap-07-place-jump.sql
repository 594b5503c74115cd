/*
id = "SWAP-07"
title = "Old and new SIM too far apart for one person"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.8
why = """
The old SIM was in one country and the new one registered in another sooner than anybody travels: the subscriber is not who has the new one."""
benign = """
A SIM stolen abroad, which the thief left on."""
remedy = """
Undo the swap and call the subscriber back on another way."""
references = ["T1451"]
needs = ["swap", "map_component or diameter_message"]
better_with = ["dfs_event"]
split_by = "subscriber"

[defaults]
within_hours = 24            # from the swap to the new SIM's registration
kilometres = 100
kilometres_per_hour = 1000
*/
with arrival as (
  select
    change.*, registration.seen_at as arrived_at, registration.visited, registration.evidence as arrival_evidence,
    registration.gt, registration.host, registration.realm
  from followed_change change
  join sim_registration registration
    on registration.imsi = new_imsi and registration.seen_at >= completed_at - interval 1 hour
      and registration.seen_at <= completed_at + to_hours($within_hours)
  where event <> 'multi_sim' and registration.visited.party <> 'hub' and registration.visited.country <> 'ZZ'
  qualify row_number() over (partition by change.id order by registration.seen_at, registration.id) = 1
),
departure as (
  select arrival.*, place.since as left_at, place.visited as left_place, place.evidence as left_evidence
  from arrival
  join registered place on place.imsi = old_imsi and place.since < arrived_at and place.certain
  where place.visited.party <> 'hub' and place.visited.country <> 'ZZ'
  qualify row_number() over (partition by arrival.id order by place.since desc, place.id) = 1
)
select
  left_at as first_seen, greatest(arrived_at, last_use_at) as last_seen, new_imsi as imsi, msisdn, gt, host, realm, agent_id as agent, null as answer,
  case when money_too_soon then 'critical' end as severity, null as confidence,
  left_evidence || arrival_evidence || [evidence_of('swap', id)] || use_evidence as evidence,
  'The old SIM registered in ' || called(left_place) || ' and ' || date_diff('minute', left_at, arrived_at) || ' minutes later the new one in '
    || called(visited) || ', at least ' || round(kilometres)::bigint || ' km away; ' || called || follow as explanation
from departure
join country_distance on one = left_place.country and other = visited.country
where kilometres > $kilometres and kilometres > $kilometres_per_hour * date_diff('second', left_at, arrived_at) / 3600
