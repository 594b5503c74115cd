/*
id = "X-08"
title = "A subscriber is treated unlike all others"
threat = "anomaly"
severity = "low"
confidence = 0.4
why = """
Whoever tracks or robs one subscriber stays below the limits of rules about senders. What is asked about him in a day, by how many,
and how fast he seems to travel differ from what is usual for subscribers."""
benign = "Busy travellers, border regions, faulty phones that register again and again, test SIMs that [test] does not list."
remedy = "Look at the features named and at who asked from outside. Protect the subscriber if nothing explains it."
references = []
needs = []
split_by = "subscriber"

[defaults]
medium_from = 4.0           # deviations of the score from what is usual, for severity medium
different_at_least = 2      # features that are seldom so high, for severity medium
*/
select
  first_seen, last_seen, entity as imsi, null as msisdn, null as gt, null as host, null as realm, null as agent,
  case when answered then 'answered' else 'refused' end as answer,
  case when distance >= $medium_from and different >= $different_at_least and from_outside and answered then 'medium' end as severity,
  null as confidence, evidence,
  'what was asked about the subscriber in a day was unlike what is asked about others: ' || requests || if(requests = 1, ' request, ', ' requests, the rarest ') || rarest
    || '; ' || format('{:.1f}', distance) || ' deviations from the usual score, by ' || differences as explanation
from odd
where about = 'subscriber'
