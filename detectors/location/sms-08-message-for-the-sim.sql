/*
id = "SMS-08"
title = "Command for the SIM from outside"
threat = "location-tracking"
severity = "critical"
confidence = 0.85
why = """
A short message can carry commands for programs on the SIM. Some of them obey without a signature: they then send the cell or the
equipment's number to whoever asked, open pages or make calls, and the subscriber sees nothing."""
benign = """
The own platform for SIM updates (platforms.ota), the network that issued the SIM: both are left out. Providers of SIM services under
contract: accept their title with the reason."""
remedy = "Let only the own platform send such messages; set a minimum security level for every application on the SIM."
references = ["T1430", "FGT1203.501", "MOT5019.301"]
needs = ["map_component", "sms"]
split_by = "subscriber"

[defaults]
browser_applications = "505348 534054 000001 000002 42f000" # toolkit applications that are known to have obeyed anyone
reply_within_minutes = 2    # a binary message of the subscriber after it
*/
with command as (
  select
    delivery.*, spi is not null and (spi >> 8) & 7 = 0 as unprotected,
    contains($browser_applications, printf('%06x', tar)) as to_browser
  from sms_delivery delivery
  join short_message on short_message.component_id = delivery.id
  where from_outside and not same_network(caller, subscriber)
    and not is_own_node(coalesce(service_centre, ''), 'ota') and not is_own_node(coalesce(gt, ''), 'ota')
    and (
      tp_pid = 127 or (message_class = 2 and alphabet = '8bit')
      or list_has_any(string_split(coalesce(header_elements, ''), ' '), ['70', '71'])
    )
),
reply as (
  select request.msisdn, request.seen_at, request.evidence
  from map_request request
  join short_message on short_message.component_id = request.id and not mobile_terminated
  where opcode = 46 and alphabet = '8bit' and request.msisdn is not null
),
judged as (
  select
    command.*,
    case when reply.seen_at <= command.seen_at + to_minutes($reply_within_minutes) then reply end as reply
  from command
  asof left join reply on reply.msisdn = command.msisdn and command.seen_at <= reply.seen_at
)
select
  seen_at as first_seen, greatest(coalesce(answered_at, seen_at), reply.seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, if(unprotected or to_browser or reply is not null, 'critical', 'high')) as severity,
  case when reply is not null then 0.95 end as confidence, evidence || coalesce(reply.evidence, []) as evidence,
  'Short message for the SIM from outside, from ' || sender_called(coalesce(gt, host, realm), caller)
    || if(unprotected, ', with neither signature nor cipher', '')
    || if(to_browser, ', for an application that obeys anyone on some SIMs', '')
    || if(reply is not null, ', and then a binary message left the subscriber', '')
    || '; ' || outcome_called(answer, error) as explanation
from judged
