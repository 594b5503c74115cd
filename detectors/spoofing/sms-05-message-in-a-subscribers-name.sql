/*
id = "SMS-05"
title = "Short message in the name of a subscriber, from where he is not"
threat = "spoofing"
severity = "high"
confidence = 0.8
why = """
mo-forwardSM carries the sender's number, and the service centre believes it: whoever sends one from a network where the subscriber is
not writes in his name, at his cost, and may order and confirm what the subscriber never did."""
benign = "A subscriber in a network where his registration is not in the captures: that is told only of networks without roaming agreement, as medium."
remedy = "Accept mo-forwardSM only from the network where the sender is registered, and check number against IMSI."
references = ["T1582", "MOT1036.301"]
needs = ["map_component", "sms"]
split_by = "subscriber"
*/
with sent as (
  select request.*, end_of_link(opc, source_address) as sender
  from map_request request
  join sms on sms.component_id = request.id and not sms.mobile_terminated
  where opcode = 46 and from_outside and subscriber.party = 'home' and not same_network(caller, subscriber)
),
identified as (
  select
    sent.* replace (if(sent.imsi is null or sent.seen_at < known.until, coalesce(known.imsi, sent.imsi), sent.imsi) as imsi),
    coalesce(sent.imsi <> known.imsi and sent.seen_at < known.until, false) as wrong_imsi
  from sent
  asof left join imsi_of_msisdn known on known.msisdn = sent.msisdn and sent.seen_at >= known.since
),
placed as (
  select
    sent.*,
    case when sent.seen_at < circuit.until and circuit.certain then
      not same_network(sent.caller, circuit.caller) and not same_network(sent.caller, circuit.visited) end as not_by_circuit,
    case when sent.seen_at < packet.until and packet.certain then
      not same_network(sent.caller, packet.caller) and not same_network(sent.caller, packet.visited) end as not_by_packet
  from identified sent
  asof left join (from registered where domain = 'circuit') circuit on circuit.imsi = sent.imsi and sent.seen_at >= circuit.since
  asof left join (from registered where domain <> 'circuit') packet on packet.imsi = sent.imsi and sent.seen_at >= packet.since
),
judged as (
  select
    *, coalesce(not_by_circuit, true) and coalesce(not_by_packet, true) and (not_by_circuit or not_by_packet) is true as elsewhere,
    not_by_circuit is null and not_by_packet is null as nowhere
  from placed
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, if(elsewhere or wrong_imsi, 'high', 'medium')) as severity, null as confidence, evidence,
  'mo-forwardSM from outside, from ' || sender_called(calling_gt, caller)
    || case
      when elsewhere then ', while the subscriber was registered elsewhere'
      when wrong_imsi then ', with the IMSI of another subscriber'
      else ', which is no roaming partner'
    end
    || '; ' || outcome_called(answer, reason) as explanation
from judged
where elsewhere or wrong_imsi or (nowhere and unlisted(caller))
