/*
id = "CAP-04"
title = "Roamer whose messages are no longer charged by the own platform"
threat = "subscriber-fraud"
severity = "medium"
confidence = 0.6
why = """
A prepaid subscriber abroad is charged while he sends: the visited network asks the own platform before each message. Where the profile
says so and nobody asks any more, the profile was stripped or replaced, and what he sends is not paid for."""
benign = "A visited network that took the profile but supports no charging of messages; questions that went over a link without tap."
remedy = "Send the profile to the visited network again, and bar roaming where it is not obeyed."
references = ["FGT5016", "MOT1199.301"]
needs = ["map_component", "sms", "cap_component"]
split_by = "subscriber"

[defaults]
messages_at_least = 3       # without any question
within_minutes = 2          # between the question and the message
*/
with given as (                             -- profiles that were sent abroad: charge messages by this platform
  select imsi, seen_at, mo_sms_csi
  from map_request
  where opcode = 7 and mo_sms_csi is not null and not from_outside and answer = 'answered' and imsi is not null
),
sent as (
  select
    coalesce(request.imsi, known.imsi) as imsi, request.msisdn, request.id, request.seen_at, calling_gt, caller, request.evidence,
    end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request request
  join sms on sms.component_id = request.id and not mobile_terminated
  asof left join imsi_of_msisdn known on known.msisdn = request.msisdn and request.seen_at >= known.since
  where opcode = 46 and from_outside and answer = 'answered'
),
asked as (
  select imsi, seen_at, end_of_link(path.opc, path.source_address) as sender, end_of_link(path.dpc, path.destination_address) as receiver
  from cap_request join path on path.id = path_id
  where opcode = 60 and from_outside
),
judged as (
  select
    sent.*, given.mo_sms_csi,
    coalesce(asked.seen_at >= sent.seen_at - to_minutes($within_minutes), false) as was_asked
  from sent
  asof join given on given.imsi = sent.imsi and sent.seen_at >= given.seen_at
  asof left join asked on asked.imsi = sent.imsi and sent.seen_at >= asked.seen_at
),
counted as (
  select
    imsi, max(msisdn) as msisdn, calling_gt, any_value(caller) as caller, sender, receiver, any_value(mo_sms_csi) as platform,
    min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as messages, list(evidence[1] order by seen_at, id)[:100] as evidence
  from judged
  group by imsi, calling_gt, sender, receiver
  having not bool_or(was_asked) and messages >= $messages_at_least
)
select
  first_seen, last_seen, imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, 'answered' as answer,
  null as severity, null as confidence, evidence,
  messages || ' short messages of a subscriber at ' || sender_called(calling_gt, caller) || ', and no initialDPSMS to platform ' || platform
    || ', which his profile names' as explanation,
  case
    when not exists (from asked where asked.sender = counted.sender and asked.receiver = counted.receiver)
      or not covered(sender, receiver, first_seen, last_seen) then 'coverage'
  end as missing
from counted
