/*
id = "SMS-06"
title = "Silent short message from outside"
threat = "location-tracking"
severity = "high"
confidence = 0.8
why = """
A short message of type 0 is taken by the telephone and shown to nobody. It makes the network page the subscriber, so that a location
asked for right after is fresh, and its answer tells that the telephone is on."""
benign = "Tests of the subscriber's own network, and silent messages of the own one inside: those are left out."
remedy = "Drop messages with protocol identifier 64 that come from outside; deploy SMS home routing."
references = ["T1430", "FGT5019.006", "MOT5019.301"]
needs = ["map_component", "sms"]
split_by = "subscriber"

[defaults]
times = 3                   # in the minutes below: somebody is followed
minutes = 10
location_within_minutes = 30 # a location asked for so close to it
harmless_port = 5499        # an application's port that uses type 0
*/
with silent as (
  select
    delivery.*,
    greatest(
      count(*) over (partition by imsi order by seen_at range between to_minutes($minutes) preceding and current row),
      count(*) over (partition by imsi order by seen_at range between current row and to_minutes($minutes) following)
    ) as times
  from sms_delivery delivery
  join short_message on short_message.component_id = delivery.id
  where from_outside and not same_network(caller, subscriber)
    and tp_pid = 64 and destination_port is distinct from $harmless_port
),
locate as (
  select imsi, seen_at, operation, evidence
  from map_request
  where opcode in (70, 71, 83) and from_outside and imsi is not null and not same_network(caller, subscriber)
),
judged as (
  select
    silent.*,
    case
      when before.seen_at >= silent.seen_at - to_minutes($location_within_minutes) then before
      when after.seen_at <= silent.seen_at + to_minutes($location_within_minutes) then after
    end as location
  from silent
  asof left join locate before on before.imsi = silent.imsi and silent.seen_at >= before.seen_at
  asof left join locate after on after.imsi = silent.imsi and silent.seen_at <= after.seen_at
)
select
  least(seen_at, location.seen_at) as first_seen, greatest(coalesce(answered_at, seen_at), location.seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, if(times >= $times or location is not null, 'critical', 'high')) as severity,
  case when location is not null then 0.95 end as confidence, evidence || coalesce(location.evidence, []) as evidence,
  'Silent short message (type 0) from outside, from ' || sender_called(coalesce(gt, host, realm), caller)
    || if(times >= $times, ', one of ' || times || ' within ' || $minutes || ' minutes', '')
    || coalesce(', and ' || location.operation || ' about the same subscriber within ' || $location_within_minutes || ' minutes', '')
    || '; ' || outcome_called(answer, error) as explanation
from judged
