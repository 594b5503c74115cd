/*
id = "MAP-LOC-06"
title = "Routes for short messages asked for, and no messages"
threat = "information-gathering"
severity = "medium"
confidence = 0.7
why = """
sendRoutingInfoForSM tells the IMSI and the serving node of any number. Who asks for many and delivers to few does not
send messages: he locates people or collects identities."""
benign = """
Companies that check numbers by contract (accept the title with its reason); subscribers that were absent, for which a
report of the failure follows: that counts as a message."""
remedy = "Deploy SMS home routing, so that the answer holds neither the IMSI nor the node."
references = ["FGT5019.005", "MOT5019.303", "MOT5019.302"]
needs = ["map_component"]
split_by = "source"

[defaults]
lookups_an_hour = 20        # of one title, from so many on
share_without = 0.8         # of them without a message, more than that
within_minutes = 15         # from the question to the message
*/
with followed as (
  select *, coalesce(followed_at <= seen_at + to_minutes($within_minutes), false) as has_message
  from sms_lookup
  where delivery_not_intended is null
),
stretched as (                              -- hours that overlap by half
  select
    *, unnest([time_bucket(interval 1 hour, seen_at), time_bucket(interval 1 hour, seen_at, interval 30 minutes)]) as stretch
  from followed
),
hourly as (
  select
    calling_gt, any_value(caller) as caller, sender, receiver, min(seen_at) as first_seen, max(seen_at) as last_seen,
    count(*) as lookups, count(distinct msisdn) as numbers, count(*) filter (where not has_message) as without,
    bool_or(answer = 'answered') as answered,
    list(evidence[1] order by seen_at, id)[:100] as evidence
  from stretched
  group by calling_gt, sender, receiver, stretch
)
select
  first_seen, last_seen, null as imsi, null as msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer,
  case when answered then 'medium' else 'low' end as severity, null as confidence, evidence,
  lookups || ' sendRoutingInfoForSM within an hour from ' || sender_called(calling_gt, caller) || ' about ' || numbers || ' numbers, '
    || without || ' of them without a short message in the ' || $within_minutes || ' minutes after' as explanation,
  case
    when not covered(sender, receiver, first_seen, last_seen) then 'coverage'
    when not exists (from sms_followup) then 'short messages from outside'
  end as missing
from hourly
where lookups >= $lookups_an_hour and without > $share_without * lookups
