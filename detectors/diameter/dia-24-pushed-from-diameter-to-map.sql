/*
id = "DIA-24"
title = "Cancelled over Diameter by a stranger, then taken over by MAP"
threat = "sms-interception"
severity = "high"
confidence = 0.85
why = """
Who cannot listen in 4G first makes the network forget the subscriber there, so that his telephone or his registration falls back to
SS7, and then registers or rewrites him by MAP."""
benign = "A telephone that falls back for a call: cancellation and registration come from the home network and the one where he is."
remedy = "Let in Cancel-Location and Purge-UE only from the home server and the serving node; watch what follows on the other protocol."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["diameter_message", "map_component"]
split_by = "subscriber"

[defaults]
minutes_between = 15
*/
with pushed as (
  select *
  from placed_request
  where kind = 'diameter' and from_outside and subscriber.party = 'home' and answer in ('answered', 'unknown')
    and (code = 317 or (code = 321 and coalesce(stranger, unlisted(caller))))
),
taken as (
  select *
  from placed_request
  where kind = 'map' and code in (2, 7, 23) and from_outside and subscriber.party = 'home'
)
select
  pushed.seen_at as first_seen, coalesce(taken.answered_at, taken.seen_at) as last_seen,
  taken.imsi, coalesce(taken.msisdn, pushed.msisdn) as msisdn, taken.gt, null as host, null as realm, null as agent,
  taken.answer, severity_of(taken.answer, taken.capture_point, 'critical') as severity, null as confidence, pushed.evidence || taken.evidence as evidence,
  pushed.operation || '-Request from outside, from ' || sender_called(pushed.realm, pushed.caller) || ', and '
    || date_diff('minute', pushed.seen_at, taken.seen_at) || ' minutes later ' || taken.operation || ' from '
    || sender_called(taken.gt, taken.caller) || '; ' || outcome_called(taken.answer, taken.reason) as explanation
from taken
asof join pushed on pushed.imsi = taken.imsi and taken.seen_at >= pushed.seen_at
where taken.seen_at <= pushed.seen_at + to_minutes($minutes_between)
  and not coalesce(same_network(taken.caller, pushed.evolved_network), false)
