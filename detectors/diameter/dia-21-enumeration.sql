/*
id = "DIA-21"
title = "Subscribers or servers tried one after the other over Diameter"
threat = "information-gathering"
severity = "high"
confidence = 0.8
why = """
Who wants to know which IMSIs and which servers exist asks for many in a short time: in sequence, or with many that do not exist."""
benign = "Attaches of roamers: their IMSIs are at random and known. Steering refuses with another code than an unknown subscriber has."
remedy = "Limit questions per realm and time; answer unknown subscribers and forbidden ones alike."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
minutes = 10                # a stretch that is looked at; stretches overlap by half
targets_at_least = 50       # subscribers in sequence from so many on
requests_at_least = 30      # or so many requests, of which
unknown_share = 0.3         # so many were refused for an unknown subscriber
hosts_at_least = 10         # or so many servers named, where some cannot be reached
*/
with asked as (
  select
    id, seen_at, origin_host, origin_realm, caller, operation, answer, coalesce(imsi, msisdn) as target, lower(destination_host) as server, evidence,
    coalesce(experimental_result_code in (5001, 5420), false) or (command_code between 300 and 309 and error = '5030') as is_unknown,
    coalesce(result_code in (3002, 3003), false) as is_unreachable,
    unnest([time_bucket(to_minutes($minutes), seen_at), time_bucket(to_minutes($minutes), seen_at, to_minutes($minutes) / 2)]) as bucket
  from diameter_request
  where from_outside and application_id <> 0
),
apart as (
  select
    *, try_cast(target as hugeint)
      - lag(try_cast(target as hugeint)) over (partition by called(caller), bucket, length(target) order by try_cast(target as hugeint)) as gap
  from asked
),
summed as (
  select
    called(caller) as network, bucket, any_value(caller) as caller, if(count(distinct origin_host) = 1, max(origin_host), null) as host,
    max(origin_realm) as realm,
    min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as requests, count(distinct target) as targets,
    count(distinct server) as servers, count(*) filter (where gap between 1 and 10) as in_sequence,
    count(*) filter (where is_unknown) as unknown, count(*) filter (where is_unreachable) as unreachable, bool_or(answer = 'answered') as answered,
    string_agg(distinct operation, ', ' order by operation) as names, list(evidence[1] order by seen_at, id)[:100] as evidence
  from apart
  group by all
)
select
  first_seen, last_seen, null as imsi, null as msisdn, null as gt, host, realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer,
  case when answered then 'high' else 'medium' end as severity, null as confidence, evidence,
  requests || ' requests within ' || $minutes || ' minutes from ' || sender_called(realm, caller) || ' for ' || targets || ' subscribers and '
    || servers || ' servers (' || coalesce(names, 'none that is known') || '), ' || in_sequence || ' next to each other, ' || unknown
    || ' unknown, ' || unreachable || ' undeliverable' as explanation
from summed
where (targets >= $targets_at_least and in_sequence >= 0.5 * targets)
  or (requests >= $requests_at_least and unknown >= $unknown_share * requests)
  or (servers >= $hosts_at_least and unreachable >= $unknown_share * requests)
