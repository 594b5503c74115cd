/*
id = "SMS-10"
title = "One-time password delivered abroad while the subscriber is active elsewhere"
threat = "sms-interception"
severity = "critical"
confidence = 0.9
why = """
A message or service code that leaves the subscriber at one network, while his registration and his one-time passwords are at another,
shows that the registration is not his: somebody reads his messages there."""
benign = "None: who moves between networks registers before he sends. Data alone does not count."
remedy = "Cancel the registration abroad, hold back one-time passwords, and tell the services that sent them."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565", "T1111"]
needs = ["map_component", "sms"]
split_by = "subscriber"

[defaults]
within_minutes = 30         # between the message and the activity elsewhere
otp_likelihood_at_least = 50
*/
with password as (
  select
    delivery.*, place.since, place.until, place.visited, place.evidence as registered_evidence,
    greatest(place.since, delivery.seen_at - to_minutes($within_minutes)) as earliest,
    least(place.until, delivery.seen_at + to_minutes($within_minutes)) as latest
  from sms_delivery delivery
  asof join (from registered where domain = 'circuit') place on place.imsi = delivery.imsi and delivery.seen_at >= place.since
  where (sender_is_dfs or otp_likelihood >= $otp_likelihood_at_least)
    and delivery.seen_at < place.until and place.certain and place.serving_gt = delivery.called_gt
    and place.subscriber.party = 'home' and place.visited.party <> 'home' and not same_network(place.caller, place.subscriber)
),
sent as (
  select request.id, coalesce(request.imsi, known.imsi) as imsi, request.seen_at, operation, caller, calling_gt, request.evidence
  from map_request request
  left join sms on sms.component_id = request.id
  asof left join imsi_of_msisdn known on known.msisdn = request.msisdn and request.seen_at >= known.since
  where opcode = 59 or (opcode = 46 and not mobile_terminated)
),
contradicted as (
  select password.*, sent as activity
  from password
  join sent on sent.imsi = password.imsi and sent.seen_at between earliest and latest and not same_network(sent.caller, visited)
  qualify row_number() over (partition by password.kind, password.id order by sent.seen_at, sent.id) = 1
)
select
  least(seen_at, activity.seen_at) as first_seen, greatest(coalesce(answered_at, seen_at), activity.seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, 'critical') as severity, null as confidence,
  registered_evidence || evidence || activity.evidence as evidence,
  'A short message ' || if(sender_is_dfs, 'of ' || tp_address || ', a financial service,', 'that looks like a one-time password (' || otp_likelihood || ' of 100)')
    || ' went to node ' || called_gt || ', ' || called(visited) || ', while ' || activity.operation || ' of the same subscriber came from '
    || sender_called(activity.calling_gt, activity.caller) || '; ' || outcome_called(answer, error) as explanation
from contradicted
