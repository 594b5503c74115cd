/*
id = "MAP-INT-06"
title = "Registration whose exchange and register are of different networks"
threat = "sms-interception"
severity = "high"
confidence = 0.8
why = """
The register (VLR) decides on calls, the exchange (MSC) receives the short messages. A location update that names a
true register and an exchange of another network leaves the phone at work and diverts the messages alone."""
benign = """
Hubs that write an exchange of their own into every location update: then many subscribers have the same pair of
networks."""
remedy = "Compare both addresses with the calling title before an updateLocation is accepted."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
subscribers_at_least = 20   # with the same pair of networks, which then is a hub's habit
*/
with update_location as (
  select *, owner_of_number(vlr_number) as register, owner_of_number(msc_number) as exchange
  from map_request
  where opcode = 2 and from_outside and vlr_number is not null and msc_number is not null
),
habit as (
  select called(caller) as caller_of, called(register) as register_of, called(exchange) as exchange_of
  from update_location
  group by all
  having count(distinct imsi) >= $subscribers_at_least
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'high') as severity, case when same_network(register, caller) then 0.9 end as confidence, evidence,
  'updateLocation from outside, from ' || sender_called(calling_gt, caller) || ', with register ' || sender_called(vlr_number, register)
    || ' and exchange ' || sender_called(msc_number, exchange) || '; ' || outcome_called(answer, error) as explanation
from update_location
anti join habit on caller_of = called(caller) and register_of = called(register) and exchange_of = called(exchange)
where not same_network(register, exchange) and called(register) <> called(exchange) -- two unknown ones may be one
