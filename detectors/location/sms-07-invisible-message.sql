/*
id = "SMS-07"
title = "Short message from outside that the subscriber cannot notice"
threat = "location-tracking"
severity = "medium"
confidence = 0.7
why = """
A waiting indication that is discarded, an empty message for the screen, or a WAP push too short to say anything reaches the telephone
without a trace: like a message of type 0 it pages the subscriber and tells that he is on."""
benign = "Voice mail of the subscriber's own network, which also uses waiting indications: it is left out."
remedy = "Drop such messages from outside; deploy SMS home routing."
references = ["T1430", "FGT5019.006", "MOT5019.301"]
needs = ["map_component", "sms"]
split_by = "subscriber"

[defaults]
most_characters = 1         # of an empty message for the screen
push_octets = 28            # of a WAP push that says nothing, its header included
push_port = 2948
*/
with kinds as (
  select
    delivery.*,
    case
      when waiting_indication = 'discard' then 'a waiting indication that is discarded'
      when message_class = 0 and characters <= $most_characters and coalesce(header_elements, '') = '' then 'a message for the screen, without text'
      when destination_port = $push_port and tp_udl <= $push_octets and coalesce(concat_total, 1) = 1 then 'a WAP push of ' || tp_udl || ' octets'
    end as disguise
  from sms_delivery delivery
  join short_message on short_message.component_id = delivery.id
  where from_outside and not same_network(caller, subscriber)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'Short message from outside, from ' || sender_called(coalesce(gt, host, realm), caller) || ': ' || disguise || '; '
    || outcome_called(answer, error) as explanation
from kinds
where disguise is not null
