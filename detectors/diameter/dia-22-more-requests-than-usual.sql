/*
id = "DIA-22"
title = "Far more Diameter requests than usual"
threat = "denial-of-service"
severity = "medium"
confidence = 0.6
why = """
A realm that sends many times what it usually sends, of one command, wears out home servers, or is being used by somebody who tries
something on many."""
benign = "What was held back during an outage: silence comes before it. Many networks that rise at once."
remedy = "Limit requests per realm and command at the edge agent."
references = ["T1464", "FGT1498.501"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
minutes = 5                 # a stretch that is counted
stretches_at_least = 12     # before it, within a day, to know what is usual
deviations = 4.0            # above the mean
requests_at_least = 100
*/
with counted as (
  select
    lower(origin_realm) as realm, command_code, time_bucket(to_minutes($minutes), seen_at) as bucket, any_value(caller) as caller,
    any_value(coalesce(operation, 'command ' || command_code)) as operation, if(count(distinct origin_host) = 1, max(origin_host), null) as host,
    count(*) as requests, min(seen_at) as first_seen, max(seen_at) as last_seen, bool_or(answer = 'answered') as answered,
    list(evidence[1] order by seen_at, id)[:100] as evidence
  from diameter_request
  where from_outside and application_id <> 0 and origin_realm is not null
  group by all
),
compared as (
  select
    *, avg(requests) over before as mean, coalesce(stddev_samp(requests) over before, 0) as deviation, count(*) over before as stretches,
    lag(bucket) over (partition by realm, command_code order by bucket) as former
  from counted
  window before as (
    partition by realm, command_code order by bucket range between interval 24 hours preceding and interval 1 second preceding
  )
),
high as (
  select *, count(*) over (partition by bucket, command_code) as realms
  from compared
  where stretches >= $stretches_at_least and requests >= $requests_at_least and requests > mean + $deviations * greatest(deviation, sqrt(mean))
    and bucket <= former + 3 * to_minutes($minutes)
)
select
  first_seen, last_seen, null as imsi, null as msisdn, null as gt, host, realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer, 'medium' as severity, null as confidence, evidence,
  requests || ' requests of ' || operation || ' within ' || $minutes || ' minutes from ' || sender_called(realm, caller) || ', where '
    || round(mean, 1) || ' are usual' as explanation
from high
where realms < 3
