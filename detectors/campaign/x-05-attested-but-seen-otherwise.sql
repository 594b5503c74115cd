/*
id = "X-05"
title = "Attested, but seen otherwise"
threat = "anomaly"
severity = "medium"
confidence = 0.7
why = """
An answer says that a control is in place, and captures or logs show what it is to prevent. The answer is wrong, or the control has a gap
that whoever answered does not know of."""
benign = "The answer is of another time than the evidence, or the finding is of agreed traffic that [[accept]] does not list yet."
remedy = "Show the finding to whoever answered, look at the evidence that the answer refers to, and correct the one or the other."
references = []
needs = ["attestation"]
split_by = "source"
*/
select
  first_seen, last_seen, null as imsi, null as msisdn, null as gt, null as host, null as realm,
  attested.name || ' for ' || control as agent, answer, null as severity, null as confidence, evidence,
  attested.name || ' answered yes on ' || attested.date || ' for ' || control || ' (' || attested.title || '; evidence: ' || attested.reference
    || '), but ' || detector || ' was seen: ' || explanation as explanation
from fired
join attested on list_contains(attested.detectors, detector)
where missing is null and coalesce(answer, 'answered') = 'answered' and coalesce(severity, 'high') not in ('info', 'low')
