/*
id = "MAP-ID-01"
title = "Authentication vectors given to a network where the subscriber is not"
threat = "information-gathering"
severity = "high"
confidence = 0.7
why = """
sendAuthenticationInfo hands out what proves a network to a phone. A network where the subscriber does not register
has no use for vectors but to pose as his network or to listen."""
benign = """
Registrations that the network refused afterwards; re-authentication by the network where the subscriber is: both are
looked for before. A partner's single question without registration is told as low."""
remedy = "Answer operation 56 for roaming partners only, and watch how many vectors each of them takes without a registration."
references = ["FGT5044", "MOT3004.301"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
minutes_around = 10         # a registration by that network so close to the question explains it
*/
with asked as (
  select *, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 56 and from_outside and subscriber.party = 'home'
),
update_of as (
  select imsi, called(caller) as network, seen_at from map_request where opcode in (2, 23, 57) and from_outside
),
judged as (
  select
    asked.*,
    coalesce(before.seen_at >= asked.seen_at - to_minutes($minutes_around), false)
      or coalesce(behind.seen_at <= asked.seen_at + to_minutes($minutes_around), false) as registers,
    coalesce(same_network(circuit.visited, asked.caller), false) or coalesce(same_network(packet.visited, asked.caller), false) as is_there,
    count(*) over (partition by asked.imsi, asked.caller order by asked.seen_at range between interval 24 hours preceding and interval 24 hours following)
      as questions,
    owner_of_plmn(requesting_plmn) as named
  from asked
  asof left join update_of before on before.imsi = asked.imsi and before.network = called(asked.caller) and asked.seen_at >= before.seen_at
  asof left join update_of behind on behind.imsi = asked.imsi and behind.network = called(asked.caller) and asked.seen_at <= behind.seen_at
  asof left join (from registered where domain = 'circuit') circuit on circuit.imsi = asked.imsi and asked.seen_at >= circuit.since
  asof left join (from registered where domain = 'packet') packet on packet.imsi = asked.imsi and asked.seen_at >= packet.since
),
weighed as (
  select
    *, named.party = 'home' as as_home, requested_vectors >= 5 or questions >= 3 or (named.party <> 'unknown' and not same_network(named, caller)) as greedy
  from judged
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when not unlisted(caller) and not greedy then 'low'
    else severity_of(answer, capture_point, case when as_home then 'critical' when unlisted(caller) then 'high' else 'medium' end)
  end as severity,
  case when unlisted(caller) then 0.9 end as confidence, evidence,
  'sendAuthenticationInfo from outside, from ' || sender_called(calling_gt, caller) || coalesce(', for ' || requested_vectors || ' vectors', '')
    || case when as_home then ', in the name of the home network' else '' end || ', and no registration by that network in the '
    || $minutes_around || ' minutes around; ' || outcome_called(answer, error) as explanation,
  case
    when not unlisted(caller) and not as_home
      and not covered(sender, receiver, seen_at - to_minutes($minutes_around), seen_at + to_minutes($minutes_around)) then 'coverage'
  end as missing
from weighed
where as_home or not (registers or is_there)
