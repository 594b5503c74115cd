/*
id = "X-07"
title = "A source behaves unlike all others"
threat = "anomaly"
severity = "low"
confidence = 0.4
why = """
Rules know the attacks that are known. An isolation forest knows none: it tells which titles and hosts differ, in an hour,
from what the network sees otherwise, in how much and what they ask, whom they ask, what follows and what is refused."""
benign = "A new partner or service, a failure at the other end, a migration, a campaign of short messages."
remedy = "Look at the features named and at a few of the requests. What is harmless belongs into [[accept]]; what is not deserves a rule."
references = []
needs = []
split_by = "source"

[defaults]
medium_from = 7.0           # deviations of the score from what is usual, for severity medium
different_at_least = 2      # features that are seldom so high, for severity medium
*/
select
  first_seen, last_seen, null as imsi, null as msisdn,
  case when kind = 'gt' then entity end as gt, case when kind = 'host' then entity end as host, null as realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer,
  case when distance >= $medium_from and different >= $different_at_least and from_outside and answered then 'medium' end as severity,
  null as confidence, evidence,
  entity || ', ' || caller || ', was unlike other sources in an hour: ' || requests || if(requests = 1, ' request, ', ' requests, the rarest ') || rarest
    || '; ' || format('{:.1f}', distance) || ' deviations from the usual score, by ' || differences as explanation
from odd
where about = 'source'
