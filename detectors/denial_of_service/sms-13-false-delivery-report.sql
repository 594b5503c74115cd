/*
id = "SMS-13"
title = "Delivery report or alert that does not fit"
threat = "denial-of-service"
severity = "low"
confidence = 0.6
why = """
reportSM-DeliveryStatus and alertServiceCentre tell the home register and service centres whether a subscriber can be reached. Told
falsely, messages that wait are forgotten, or sent again and again."""
benign = "A delivery that succeeded over a node whose link has no tap."
remedy = "Accept reports only from the service centre that asked for the route, and alerts only from the subscriber's network."
references = ["T1464", "FGT1499.503"]
needs = ["map_component"]
split_by = "source"

[defaults]
within_hours = 24           # from the question for the route to the report
covered_hours = 1           # of which so many must be in the captures: an attempt asks, delivers and reports within minutes
minutes_after_absence = 5   # a success that is told so soon after the subscriber was absent
*/
with report as (
  select
    *, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver,
    called(caller) as network, seen_at - to_hours($within_hours) as earliest
  from map_request
  where from_outside and subscriber.party = 'home' and not same_network(caller, subscriber)
    and (opcode = 64 or (opcode = 47 and msisdn is not null))
),
lookup as (
  select msisdn, called(caller) as network, seen_at, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 45 and from_outside
),
tried as (
  select coalesce(request.msisdn, known.msisdn) as msisdn, request.seen_at, request.error_code, request.answer, request.evidence
  from map_request request
  join sms on sms.component_id = request.id and mobile_terminated
  asof left join msisdn_of_imsi known on known.imsi = request.imsi and request.seen_at >= known.since
  where opcode in (44, 46)
),
judged as (
  select
    report.*, asked.seen_at >= earliest as was_asked,
    case
      when opcode = 47 and delivery_outcome = 2 and tried.answer = 'refused' and tried.error_code = 27
        and tried.seen_at >= report.seen_at - to_minutes($minutes_after_absence) then tried.evidence
    end as absent,
    coalesce(last.seen_at >= earliest, false) as carries_lookups -- else they may take another way
  from report
  asof left join lookup asked on asked.msisdn = report.msisdn and asked.network = report.network and report.seen_at >= asked.seen_at
  asof left join lookup last on last.sender = report.sender and last.receiver = report.receiver and report.seen_at >= last.seen_at
  asof left join tried on tried.msisdn = report.msisdn and report.seen_at >= tried.seen_at
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer, null as severity, null as confidence,
  evidence || coalesce(absent, []) as evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller)
    || case
      when opcode = 64 then ', about a subscriber of the home network'
      when absent is not null then ', that a message was delivered, right after the subscriber was absent'
      else ', which had not asked for the route in the ' || $within_hours || ' hours before'
    end
    || '; ' || outcome_called(answer, reason) as explanation,
  case
    when opcode = 47 and absent is null and not (carries_lookups and covered(sender, receiver, seen_at - to_hours($covered_hours), seen_at)) then 'coverage'
  end as missing
from judged
where opcode = 64 or absent is not null or was_asked is not true
