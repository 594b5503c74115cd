/*
id = "MAP-ID-03"
title = "Subscribers' numbers tried one after the other"
threat = "information-gathering"
severity = "high"
confidence = 0.8
why = """
Who wants to know which numbers exist, or which IMSI is behind each, asks for many in a short time: in sequence, or
with many that do not exist."""
benign = """
Senders of many short messages: their numbers are at random, few are unknown, and messages follow. Border networks
with many roamers ask for each once."""
remedy = "Limit questions per title and time; refuse the operations that have no use between networks."
references = ["T1046", "FGT1046.501", "MOT1046.301", "MOT1589.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
minutes = 10                # a stretch that is looked at
targets_at_least = 50       # numbers in sequence from so many on
requests_at_least = 30      # or so many requests, of which
unknown_share = 0.3         # so many were refused for an unknown subscriber
*/
with asked as (
  select
    id, seen_at, calling_gt, caller, operation, answer, error_code, coalesce(imsi, msisdn) as target, evidence,
    unnest([time_bucket(to_minutes($minutes), seen_at), time_bucket(to_minutes($minutes), seen_at, to_minutes($minutes) / 2)]) as bucket
  from map_request
  where opcode in (2, 22, 45, 56, 58, 70) and from_outside and coalesce(imsi, msisdn) is not null
),
apart as (                                  -- numbers next to each other differ by one
  select
    *, try_cast(target as hugeint)
      - lag(try_cast(target as hugeint)) over (partition by called(caller), bucket, length(target) order by try_cast(target as hugeint)) as gap
  from asked
),
summed as (
  select
    called(caller) as network, bucket, any_value(caller) as caller, if(count(distinct calling_gt) = 1, max(calling_gt), null) as gt,
    min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as requests, count(distinct target) as targets,
    count(*) filter (where gap between 1 and 10) as in_sequence,
    count(*) filter (where error_code = 1) as unknown, bool_or(answer = 'answered') as answered,
    string_agg(distinct operation, ', ' order by operation) as names, list(evidence[1] order by seen_at, id)[:100] as evidence
  from apart
  group by all
)
select
  first_seen, last_seen, null as imsi, null as msisdn, gt, null as host, null as realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer,
  case when answered then 'high' else 'medium' end as severity, null as confidence, evidence,
  requests || ' requests within ' || $minutes || ' minutes from ' || sender_called(gt, caller) || ' for ' || targets || ' subscribers ('
    || names || '), ' || in_sequence || ' next to each other, ' || unknown || ' unknown' as explanation
from summed
where (targets >= $targets_at_least and in_sequence >= 0.5 * targets)
  or (requests >= $requests_at_least and unknown >= $unknown_share * requests)
