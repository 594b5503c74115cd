/*
id = "DIA-07"
title = "Purge or notice from a network where the subscriber is not"
threat = "denial-of-service"
severity = "high"
confidence = 0.8
why = """
Purge-UE makes the home network forget where the subscriber is, and Notify rewrites what it stores of his node and terminal. Only
the node where he is or was has something to say about that."""
benign = "The node before the present one, which purges late."
remedy = "Accept Purge-UE and Notify only from the node that is stored for the subscriber."
references = ["T1464", "FGT1499.503"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
with told as (
  select *
  from placed_request
  where kind = 'diameter' and code in (321, 323) and category = '3' and from_outside and subscriber.party = 'home'
),
known as (
  select distinct imsi, called(visited) as network from registered
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  operation || '-Request from outside, from ' || sender_called(realm, caller)
    || case when stranger then ', while the subscriber was registered elsewhere' else ', which is no roaming partner' end || '; '
    || outcome_called(answer, reason) as explanation
from told
where coalesce(stranger, unlisted(caller))
  and (code = 323 or not exists (from known where known.imsi = told.imsi and known.network = called(told.caller)))
