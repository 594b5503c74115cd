-- Requests of all protocols under the names that they share.

create or replace temp view request as
select
  'map' as kind, id, input_id, seen_at, answered_at, answer, reason, opcode::integer as code, operation, category,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, called_gt, null as called_host, null as called_realm,
  caller, subscriber, capture_point, entrance, from_outside, evidence,
  end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
from map_request left join map_category using (opcode)
union all
select
  'cap', cap_request.id, input_id, seen_at, answered_at, answer, reason, opcode, operation, null,
  imsi, msisdn, calling_gt, null, null, called_gt, null, null,
  caller, subscriber, capture_point, entrance, from_outside, evidence,
  end_of_link(path.opc, path.source_address), end_of_link(path.dpc, path.destination_address)
from cap_request left join path on path.id = path_id
union all
select
  'diameter', id, input_id, seen_at, answered_at, answer, error, command_code, operation, category,
  imsi, msisdn, null, origin_host, origin_realm, null, destination_host, destination_realm,
  caller, subscriber, capture_point, entrance, from_outside, evidence,
  source_address, destination_address
from diameter_request left join diameter_category using (command_code, application_id);
