/*
id = "DIA-09"
title = "Route for a short message asked for over Diameter, and no message"
threat = "information-gathering"
severity = "high"
confidence = 0.7
why = """
Send-Routing-Info-for-SM tells the IMSI and the serving node of any number. Who asks and sends no message locates people or collects
identities."""
benign = """
Subscribers that were absent, for which a report of the failure follows: that counts as a message, and so does one by MAP. A partner's
or hub's question without a message is told as low."""
remedy = "Deploy SMS home routing, so that the answer holds neither the IMSI nor the node."
references = ["FGT5019.005", "MOT5019.303"]
needs = ["diameter_message"]
split_by = "subscriber"

[defaults]
within_minutes = 15         # from the question to the message
*/
with lookup as (
  select *
  from diameter_request
  where command_code = 8388647 and application_id = 16777312 and from_outside and subscriber.party = 'home'
),
told as (                                   -- the message, or the report that it could not be delivered
  select unnest([imsi, msisdn]) as target, called(caller) as network, seen_at
  from request
  where from_outside and ((kind = 'diameter' and code in (8388646, 8388649)) or (kind = 'map' and code in (44, 46, 47)))
),
followed as (
  select
    lookup.*,
    coalesce(by_imsi.seen_at <= lookup.seen_at + to_minutes($within_minutes), false)
      or coalesce(by_msisdn.seen_at <= lookup.seen_at + to_minutes($within_minutes), false) as has_message
  from lookup
  asof left join told by_imsi
    on by_imsi.target = lookup.imsi and by_imsi.network = called(caller) and lookup.seen_at <= by_imsi.seen_at
  asof left join told by_msisdn
    on by_msisdn.target = lookup.msisdn and by_msisdn.network = called(caller) and lookup.seen_at <= by_msisdn.seen_at
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, case when unlisted(caller) then severity_of(answer, capture_point, 'high') else 'low' end as severity,
  null as confidence, evidence,
  'Send-Routing-Info-for-SM-Request from outside, from ' || sender_called(origin_realm, caller) || ', and no short message of that network in the '
    || $within_minutes || ' minutes after; ' || outcome_called(answer, error) as explanation,
  case when not covered(source_address, destination_address, seen_at, seen_at + to_minutes($within_minutes)) then 'coverage' end as missing
from followed
where not has_message
