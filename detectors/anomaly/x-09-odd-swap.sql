/*
id = "X-09"
title = "A SIM swap unlike all others"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.4
why = """
Who knows the rules keeps just within them. An isolation forest tells which changes of SIM differ from all others in hour, agent and outlet, in where and when
the new SIM showed, in how soon and for how much the number was used, and from what device."""
benign = "A customer in a hurry, an outlet on its first day, a campaign that replaces SIMs, a number that is moved by the operator itself."
remedy = "Look at the features named; call the subscriber back on another way if nothing explains them."
references = ["T1451"]
needs = []
split_by = "subscriber"

[defaults]
medium_from = 5.0           # deviations of the score from what is usual, for severity medium
different_at_least = 2      # features that are seldom so high, for severity medium
*/
select
  odd.first_seen, odd.last_seen, new_imsi as imsi, msisdn, null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when distance >= $medium_from and different >= $different_at_least and answered then 'medium' end as severity,
  null as confidence, odd.evidence,
  rarest || '; ' || format('{:.1f}', distance) || ' deviations from the usual score, by ' || differences as explanation
from odd join swap on swap.id = odd.evidence[1].id
where about = 'swap'
