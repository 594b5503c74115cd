/*
id = "DIA-06"
title = "Authentication vectors given over Diameter to a network where the subscriber is not"
threat = "information-gathering"
severity = "high"
confidence = 0.7
why = """
Authentication-Information hands out what proves a network to a phone. A network where the subscriber does not register has no
use for vectors but to pose as his network; who asks in the name of ever other visited networks looks for one that is accepted."""
benign = """
Registrations that the network refused afterwards; re-authentication by the network where the subscriber is: both are looked for
before, in MAP too. A partner's single question without registration is told as low."""
remedy = "Answer Authentication-Information for roaming partners only, and only where the visited network is the sender's."
references = ["FGT5044", "MOT3004.301", "MOT1046.301"]
needs = ["diameter_message"]
split_by = "subscriber"

[defaults]
minutes_around = 10         # a registration by that network so close to the question explains it
networks_at_least = 3       # visited networks not its own that one host names within an hour
*/
with asked as (
  select *, not same_network(caller, visited) as in_other_name
  from diameter_request
  where command_code = 318 and application_id = 16777251 and from_outside and subscriber.party = 'home'
),
update_of as (
  select imsi, called(caller) as network, seen_at
  from request
  where from_outside and ((kind = 'diameter' and code = 316) or (kind = 'map' and code in (2, 23, 57)))
),
judged as (
  select
    asked.*,
    coalesce(before.seen_at >= asked.seen_at - to_minutes($minutes_around), false)
      or coalesce(behind.seen_at <= asked.seen_at + to_minutes($minutes_around), false) as registers,
    coalesce(same_network(evolved.visited, asked.caller), false) or coalesce(same_network(packet.visited, asked.caller), false) as is_there,
    count(*) over (partition by asked.imsi, asked.caller order by asked.seen_at range between interval 24 hours preceding and interval 24 hours following)
      as questions,
    count(distinct case when in_other_name then asked.visited_plmn end) over (
      partition by lower(origin_host) order by asked.seen_at range between interval 1 hour preceding and interval 1 hour following
    ) as names,
    asked.visited.party = 'home' and asked.caller.party <> 'home' as as_home
  from asked
  asof left join update_of before on before.imsi = asked.imsi and before.network = called(asked.caller) and asked.seen_at >= before.seen_at
  asof left join update_of behind on behind.imsi = asked.imsi and behind.network = called(asked.caller) and asked.seen_at <= behind.seen_at
  asof left join (from registered where domain = 'evolved') evolved on evolved.imsi = asked.imsi and asked.seen_at >= evolved.since
  asof left join (from registered where domain = 'packet') packet on packet.imsi = asked.imsi and asked.seen_at >= packet.since
),
told as (
  select *, as_home or (in_other_name and names >= $networks_at_least) as poses from judged
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer,
  case
    when caller.party = 'partner' and questions < 3 and not poses then 'low'
    else severity_of(answer, capture_point, case when as_home then 'critical' else 'high' end)
  end as severity,
  case when unlisted(caller) or poses then 0.9 end as confidence, evidence,
  'Authentication-Information-Request from outside, from ' || sender_called(origin_realm, caller)
    || coalesce(', for ' || coalesce(requested_vectors, requested_utran_vectors) || ' vectors', '')
    || case
      when as_home then ', in the name of the home network'
      when poses then ', in the name of ' || coalesce(visited_plmn, 'no network') || ', one of ' || names || ' within an hour'
      else ', and no registration by that network in the ' || $minutes_around || ' minutes around' end
    || '; ' || outcome_called(answer, error) as explanation,
  case
    when not unlisted(caller) and not poses
      and not covered(source_address, destination_address, seen_at - to_minutes($minutes_around), seen_at + to_minutes($minutes_around)) then 'coverage'
  end as missing
from told
where poses or not (registers or is_there)
