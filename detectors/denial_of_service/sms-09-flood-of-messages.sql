/*
id = "SMS-09"
title = "Flood of short messages"
threat = "denial-of-service"
severity = "medium"
confidence = 0.7
why = """
Dozens of messages within minutes make a telephone useless, and hide the one message that warns of a fraud. A title that suddenly sends
many times what it usually does sends unwanted messages, or tries out the network."""
benign = """
Campaigns of a financial service that network.toml lists: left out. The same text to many from an aggregator is ordinary: it is told as low."""
remedy = "Limit how many messages a subscriber gets in ten minutes and a title delivers in a minute; agree on volumes with aggregators."
references = ["T1464", "T1660", "MOT1199.301"]
needs = ["map_component", "sms"]
split_by = "source"

[defaults]
to_one = 30                 # messages to one subscriber
to_one_minutes = 10
a_minute = 200              # of one title from outside, more than that,
usual_times = 5             # and more than so often its usual minute
subscribers_an_hour = 50    # that get messages of one sender and of one length
*/
with attempt as (
  select
    sms_delivery.*, coalesce(gt, host) as source, time_bucket(interval 1 minute, seen_at) as minute, tp_udl, header_elements
  from sms_delivery
  join short_message on short_message.component_id = sms_delivery.id
  where coalesce(concat_part, 1) = 1 and not coalesce(sender_is_dfs, false)
),
delivery as (
  from attempt where answer <> 'refused'
),
to_one as (                                 -- a full telephone refuses some of a flood
  select
    min(seen_at) as first_seen, max(seen_at) as last_seen, imsi, any_value(msisdn) as msisdn,
    if(count(distinct source) = 1, any_value(gt), null) as gt, if(count(distinct source) = 1, any_value(host), null) as host,
    bool_or(answer = 'answered') as answered, 'medium' as severity, list(evidence[1] order by seen_at, id)[:100] as evidence,
    max(greatest(before, after)) || ' short messages to one subscriber within ' || $to_one_minutes || ' minutes, from ' || count(distinct source) || ' titles or hosts' as explanation
  from (
    select *, count(*) over (partition by imsi order by seen_at range between to_minutes($to_one_minutes) preceding and current row) as before,
      count(*) over (partition by imsi order by seen_at range between current row and to_minutes($to_one_minutes) following) as after
    from attempt
    where imsi is not null
  )
  where greatest(before, after) >= $to_one
  group by imsi, time_bucket(interval 1 hour, seen_at)
  having 2 * count(*) filter (where answer <> 'refused') >= count(*)
),
a_minute as (
  select
    source, minute, min(seen_at) as first_seen, max(seen_at) as last_seen, any_value(gt) as gt, any_value(host) as host, any_value(caller) as caller,
    count(*) as messages, bool_or(answer = 'answered') as answered, list(evidence[1] order by seen_at, id)[:100] as evidence
  from delivery
  where from_outside and source is not null
  group by source, minute
),
usual as (                                  -- the middle one of all minutes of the captures; those without a message count
  select source, if(2 * count(*) <= any_value(minutes), 0, median(messages)) as messages
  from a_minute, (select date_diff('minute', min(first_seen), max(last_seen)) + 1 as minutes from input where kind = 'capture')
  group by source
),
sudden as (
  select
    first_seen, last_seen, null as imsi, null as msisdn, gt, host, answered, 'medium' as severity, evidence,
    a_minute.messages || ' short messages within a minute from ' || sender_called(source, caller) || ', where '
      || usual.messages::integer || ' are usual' as explanation
  from a_minute join usual using (source)
  where a_minute.messages > $a_minute and a_minute.messages > $usual_times * usual.messages
),
same_text as (
  select
    min(seen_at) as first_seen, max(seen_at) as last_seen, null as imsi, null as msisdn, any_value(gt) as gt, any_value(host) as host,
    bool_or(answer = 'answered') as answered, 'low' as severity, list(evidence[1] order by seen_at, id)[:100] as evidence,
    count(distinct imsi) || ' subscribers within an hour got a message of sender ' || coalesce(tp_address, 'without name')
      || ' and of one length, from ' || sender_called(source, any_value(caller)) as explanation
  from delivery
  where from_outside and source is not null
  group by source, tp_address, tp_udl, header_elements, time_bucket(interval 1 hour, seen_at)
  having count(distinct imsi) >= $subscribers_an_hour
)
select
  first_seen, last_seen, imsi, msisdn, gt, host, null as realm, null as agent,
  if(answered, 'answered', 'unknown') as answer, severity, null as confidence, evidence, explanation
from (from to_one union all from sudden union all from same_text)
