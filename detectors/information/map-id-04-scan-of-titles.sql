/*
id = "MAP-ID-04"
title = "Own titles tried one after the other"
threat = "information-gathering"
severity = "medium"
confidence = 0.8
why = """
Before an attack its author finds out which titles and subsystems of the network answer: many are called, and most
calls come back undelivered, are aborted or rejected."""
benign = "Tests before a roaming agreement begins: once, from titles of that partner."
remedy = "Have the carrier drop titles that no node uses; limit how many titles a sender may call."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
minutes = 30                # a stretch that is looked at
titles_at_least = 30        # called by one title in it
lost_share = 0.5            # of them undelivered, aborted or rejected
*/
with asked as (                             -- in stretches that overlap by half
  select
    *, unnest([time_bucket(to_minutes($minutes), seen_at), time_bucket(to_minutes($minutes), seen_at, to_minutes($minutes) / 2)]) as stretch
  from map_request
  where from_outside and calling_gt is not null
),
called_titles as (
  select
    calling_gt, any_value(caller) as caller, min(seen_at) as first_seen, max(seen_at) as last_seen,
    count(*) as requests, count(distinct (called_gt, called_ssn)) as titles,
    count(*) filter (where outcome in ('returned', 'aborted', 'rejected')) as lost, list(evidence[1] order by seen_at, id)[:100] as evidence
  from asked
  group by calling_gt, stretch
)
select
  first_seen, last_seen, null as imsi, null as msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  'refused' as answer, null as severity, null as confidence, evidence,
  requests || ' requests within ' || $minutes || ' minutes from ' || sender_called(calling_gt, caller) || ' to ' || titles || ' titles and subsystems, '
    || lost || ' of them undelivered, aborted or rejected' as explanation
from called_titles
where titles >= $titles_at_least and lost >= $lost_share * requests
