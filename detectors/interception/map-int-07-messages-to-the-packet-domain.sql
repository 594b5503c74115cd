/*
id = "MAP-INT-07"
title = "Short messages registered to a packet node of another network"
threat = "sms-interception"
severity = "high"
confidence = 0.8
why = """
updateGprsLocation can ask that short messages go to the SGSN or MME it names. Sent by a network where the subscriber
is not, it diverts his messages while his calls go on as before."""
benign = "Devices without voice that register for packets and messages alone: they have no circuit registration elsewhere."
remedy = "Refuse operation 23 with a registration for messages from networks where the subscriber's calls do not go."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"
*/
with registering as (
  select
    asked.*, circuit.visited as calls_go_to, circuit.node as call_node, owner_of_number(mme_number_for_mt_sms) as message_node
  from map_request asked
  asof left join (from registered where domain = 'circuit' and certain) circuit on circuit.imsi = asked.imsi and asked.seen_at >= circuit.since
  where asked.opcode = 23 and asked.from_outside and asked.subscriber.party = 'home'
    and (sms_register_request = 0 or sms_only or mme_number_for_mt_sms is not null)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  'updateGprsLocation from outside, from ' || sender_called(calling_gt, caller) || ', that registers for short messages'
    || coalesce(' at ' || mme_number_for_mt_sms || ' (' || called(message_node) || ')', '')
    || coalesce('; calls go to ' || call_node || ', ' || called(calls_go_to), '') || '; ' || outcome_called(answer, error) as explanation
from registering
where unlisted(caller) or (calls_go_to is not null and not same_network(calls_go_to, caller))
  or (mme_number_for_mt_sms is not null and not same_network(message_node, caller))
