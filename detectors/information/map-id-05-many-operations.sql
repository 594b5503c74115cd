/*
id = "MAP-ID-05"
title = "One title tries operations of every kind"
threat = "information-gathering"
severity = "medium"
confidence = 0.8
why = """
A register, an exchange or a message centre each uses a few operations. A title that sends many, and among them such
as are never allowed between networks, belongs to a tool that tries what the firewall lets through."""
benign = "A small operator with one title for all its nodes uses many operations, but none of those that stay inside a network."
remedy = "Block the title and ask its holder; see which of the operations were answered."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
minutes = 10                # a stretch that is looked at
operations_at_least = 5
categories_at_least = 3     # of 1, 2, 3 and SMS; 1 is among them
*/
with asked as (                             -- in stretches that overlap by half
  select
    *, unnest([time_bucket(to_minutes($minutes), seen_at), time_bucket(to_minutes($minutes), seen_at, to_minutes($minutes) / 2)]) as stretch
  from map_request join map_category using (opcode)
  where from_outside and calling_gt is not null
),
tried as (
  select
    calling_gt, any_value(caller) as caller, min(seen_at) as first_seen, max(seen_at) as last_seen,
    count(distinct opcode) as operations, count(distinct category) as categories, bool_or(category = '1') as forbidden,
    bool_or(answer = 'answered' and category = '1') as answered, string_agg(distinct operation, ', ' order by operation) as names,
    list(evidence[1] order by seen_at, id)[:100] as evidence
  from asked
  group by calling_gt, stretch
)
select
  first_seen, last_seen, null as imsi, null as msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer, case when answered then 'high' end as severity,
  null as confidence, evidence,
  operations || ' operations of ' || categories || ' categories within ' || $minutes || ' minutes from ' || sender_called(calling_gt, caller)
    || ': ' || names as explanation
from tried
where operations >= $operations_at_least and categories >= $categories_at_least and forbidden
