-- Short messages on their way to a subscriber, by MAP and by SGd; called_gt or called_host is the node that was to deliver them.

create or replace temp view sms_delivery as
with carried as (
  select
    'map' as kind, id, imsi, msisdn, seen_at, called_gt, null as called_host, service_centre,
    calling_gt as gt, null as host, null as realm, caller, subscriber, from_outside, entrance,
    answer, answered_at, error, capture_point, evidence,
    end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode in (44, 46)
  union all
  select
    'diameter', id, imsi, msisdn, seen_at, null, destination_host, sc_address,
    null, origin_host, origin_realm, caller, subscriber, from_outside, entrance,
    answer, answered_at, error, capture_point, evidence,
    source_address, destination_address
  from diameter_request
  where command_code = 8388646 and application_id = 16777313
)
select
  carried.* replace (coalesce(carried.msisdn, number.msisdn) as msisdn),
  sms.tp_address, sms.otp_likelihood,
  lower(sms.tp_address) in (select sender from dfs_sender) as sender_is_dfs
from carried
join sms on sms.component_id = carried.id and sms.mobile_terminated
asof left join msisdn_of_imsi number on number.imsi = carried.imsi and carried.seen_at >= number.since;
