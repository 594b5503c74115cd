/*
id = "SMS-12"
title = "Short message written so that filters misread it"
threat = "evasion"
severity = "medium"
confidence = 0.6
why = """
Lengths that do not fit, reserved codes, parts without content, or a sending time far from now make a filter read another message
than the telephone does, or none."""
benign = "A service centre with a fault: where half of its messages are so, it is told as low."
remedy = "Refuse messages that break the rules for their fields, and write them anew at the border."
references = ["MOT3005.301"]
needs = ["map_component", "sms"]
split_by = "source"

[defaults]
days_ago = 14               # a time stamp before that
hours_ahead = 26            # or so far in the future, more than time zones explain
messages_at_least = 20      # of a service centre, to know its faults
faulty_share = 0.5
*/
with wrong as (
  select component_id as id, string_agg(distinct kind, ', ' order by kind) as what
  from anomaly
  where layer = 'sms'
  group by component_id
),
delivery as (
  select
    sms_delivery.*,
    nullif(concat_ws(', ', wrong.what, case
      when tp_scts < seen_at - to_days($days_ago) and tp_mti = 0 then 'time stamp of ' || strftime(tp_scts, '%Y-%m-%d')
      when tp_scts > seen_at + to_hours($hours_ahead) then 'time stamp in the future, of ' || strftime(tp_scts, '%Y-%m-%d')
    end), '') as what
  from sms_delivery
  join sms on sms.component_id = sms_delivery.id
  left join wrong on wrong.id = sms_delivery.id
  where from_outside and not same_network(caller, subscriber)
),
judged as (
  select
    *, count(*) over centre as messages, count(what) over centre as faulty
  from delivery
  window centre as (partition by coalesce(service_centre, gt, host))
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  case
    when messages >= $messages_at_least and faulty >= $faulty_share * messages then 'low'
    else severity_of(answer, capture_point, 'medium')
  end as severity,
  null as confidence, evidence,
  'Short message from outside, from ' || sender_called(coalesce(gt, host, realm), caller) || ': ' || what || '; '
    || outcome_called(answer, error) as explanation
from judged
where what is not null
