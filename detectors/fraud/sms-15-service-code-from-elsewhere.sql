/*
id = "SMS-15"
title = "Service code in the name of a subscriber, from where he is not"
threat = "subscriber-fraud"
severity = "high"
confidence = 0.8
why = """
processUnstructuredSS-Request carries what a subscriber dials, mobile money orders among it, and the home network believes the register
that sends it. From a network where the subscriber is not, somebody orders in his name."""
benign = "A subscriber whose registration is not in the captures: that is told only of networks without roaming agreement, as medium."
remedy = "Accept service codes only from the register that is stored for the subscriber; let money orders ask for a second factor."
references = ["FGT5016", "MOT1199.301"]
needs = ["map_component", "ussd"]
split_by = "subscriber"

[defaults]
fields_of_an_order = 2      # behind the service code: a recipient, an amount, a PIN …
*/
with dialled as (
  select
    request.*, service_code, fields, fields >= $fields_of_an_order as is_order
  from placed_request request
  join ussd on ussd.component_id = request.id and from_subscriber
  where kind = 'map' and code = 59 and from_outside and subscriber.party = 'home' and not same_network(caller, subscriber)
    and (stranger or (stranger is null and unlisted(caller)))
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, case when stranger is null then 'medium' when is_order then 'critical' else 'high' end) as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(gt, caller)
    || if(stranger, ', while the subscriber was registered elsewhere', ', which is no roaming partner')
    || coalesce(': service ' || service_code, '') || if(fields > 0, ' with ' || fields || if(fields = 1, ' field', ' fields'), '') || '; '
    || outcome_called(answer, reason) as explanation
from dialled
