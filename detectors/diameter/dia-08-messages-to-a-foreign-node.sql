/*
id = "DIA-08"
title = "Registration over Diameter that leads short messages to another network"
threat = "sms-interception"
severity = "critical"
confidence = 0.85
why = """
Update-Location may name a number to which the home network is to send the subscriber's short messages. If that number belongs to
another network than the one that registers, the messages alone are led away, one-time passwords among them."""
benign = "A partner whose short message gateway has a number that network.toml or IR.21 does not list as his."
remedy = "Refuse MME numbers for short messages that do not belong to the visited network."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
with update as (
  select request.*, coalesce(gt_owner.owner, nobody()) as message_network
  from diameter_request request
  left join gt_owner on gt_owner.digits = mme_number_for_mt_sms and gt_owner.plan = 1 and gt_owner.nature = 0
  where command_code = 316 and application_id = 16777251 and from_outside and subscriber.party = 'home'
    and mme_number_for_mt_sms is not null
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'critical') as severity, null as confidence, evidence,
  'Update-Location-Request from outside, from ' || sender_called(origin_realm, caller) || ', for visited network '
    || sender_called(visited_plmn, visited) || ', with short messages to ' || sender_called(mme_number_for_mt_sms, message_network)
    || '; ' || outcome_called(answer, error) as explanation
from update
where not same_network(message_network, visited) or not same_network(message_network, caller)
