/*
id = "MAP-INT-05"
title = "One-time password delivered to an unlisted network after it registered the subscriber"
threat = "sms-interception"
severity = "critical"
confidence = 0.9
why = """
Whoever registers a subscriber at a node of his own receives the short messages for that subscriber. A location update from a network
without a roaming agreement, then a one-time password delivered to that very node, is how accounts are taken over."""
benign = "A subscriber who roams in a network that network.toml does not list yet: list the roaming partner."
remedy = "Refuse location updates from networks without a roaming agreement; hold back one-time passwords after such a change."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565", "T1111"]
category = "MAP 3"
needs = ["map_component", "sms", "roaming_partner"]
split_by = "subscriber"

[defaults]
within_minutes = 1440       # from the location update to the message
otp_likelihood_at_least = 50
*/
with registered as (
  select *
  from registration
  where from_outside and subscriber.party = 'home' and (unlisted(caller) or unlisted(visited))
),
one_time_password as (
  select *
  from sms_delivery
  where (sender_is_dfs or otp_likelihood >= $otp_likelihood_at_least)
)
select
  registered.seen_at as first_seen, coalesce(password.answered_at, password.seen_at) as last_seen,
  password.imsi, password.msisdn, registered.gt, registered.host, registered.realm, null as agent,
  password.answer, severity_of(password.answer, password.capture_point, 'critical') as severity,
  null as confidence, registered.evidence || password.evidence as evidence,
  'Location update from ' || sender_called(coalesce(registered.gt, registered.realm), registered.caller) || ' to node '
    || registered.serving_gt || ', ' || called(registered.visited) || '; then an SMS '
    || case
      when sender_is_dfs then 'from ' || password.tp_address || ', a financial service,'
      else 'that looks like a one-time password (' || password.otp_likelihood || ' of 100)'
    end
    || ' was sent to that node ' || date_diff('minute', registered.seen_at, password.seen_at) || ' minutes later; '
    || outcome_called(password.answer, password.error) as explanation
from one_time_password password
asof join registered
  on registered.imsi = password.imsi and registered.serving_gt = password.called_gt
  and password.seen_at >= registered.seen_at
where password.seen_at <= registered.seen_at + to_minutes($within_minutes)
