-- Requests of all protocols under the names that they share.

create or replace temp view request as
select
  'map' as kind, invoke.id, (invoke.id >> 40)::integer as input_id, seen_at, answered_at, answer, reason,
  invoke.opcode::integer as code, operation.name as operation, category, imsi, msisdn,
  calling.gt as gt, null as host, null as realm, called.gt as called_gt, null as called_host, null as called_realm,
  coalesce(caller.owner, nobody()) as caller, coalesce(subscriber.owner, nobody()) as subscriber,
  capture_point, entrance, from_outside,
  evidence_of_both('map', invoke.id, answer_id) as evidence,
  end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
from map_invoke invoke
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id
left join map_operation operation on operation.code = invoke.opcode
left join map_category category on category.opcode = invoke.opcode
left join known_owner caller on caller.owner_number = caller_number
left join known_owner subscriber on subscriber.owner_number = subscriber_number
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
