/*
id = "MAP-LOC-13"
title = "One number looked up for short messages by several networks, and no message came"
threat = "location-tracking"
severity = "medium"
confidence = 0.7
why = """
A sendRoutingInfoForSM by itself is nothing odd. When several networks ask for one number within a day and none of them delivers, somebody follows
that person over rented titles."""
benign = """
Companies that check a number for several customers; messages that were given up. A message, or the report that it could not be delivered, clears
the question."""
remedy = "Deploy SMS home routing, so that the answer holds neither the IMSI nor the node; tell the subscriber."
references = ["T1430.002", "FGT5019.005", "MOT5019.303"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
lookups_at_least = 3
networks_at_least = 2
within_hours = 24           # from the first of them to the last
within_minutes = 15         # from a question to its message
*/
with without as (
  select *
  from sms_lookup
  where subscriber.party = 'home' and msisdn is not null and answer in ('answered', 'unknown')
    and coalesce(followed_at > seen_at + to_minutes($within_minutes), true)
),
followed as (                               -- each with those in the day before it
  select
    msisdn, imsi, seen_at, sender, receiver, list(network) over day as networks, list(evidence) over day as evidences, min(seen_at) over day as first_seen
  from without
  window day as (partition by msisdn order by seen_at range between to_hours($within_hours) preceding and current row)
)
select
  first_seen, seen_at as last_seen, imsi, msisdn, null as gt, null as host, null as realm, null as agent,
  'answered' as answer, null as severity, null as confidence, flatten(evidences) as evidence,
  len(networks) || ' sendRoutingInfoForSM within ' || $within_hours || ' hours by ' || len(list_distinct(networks))
    || ' networks for one number, and no short message after any of them' as explanation,
  case when not covered(sender, receiver, seen_at, seen_at + to_minutes($within_minutes)) then 'coverage' end as missing
from followed
where len(networks) >= $lookups_at_least and len(list_distinct(networks)) >= $networks_at_least
