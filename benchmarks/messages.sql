-- A database of $dialogues dialogues over a day, made without a capture.
-- Links: four of SS7 and two of Diameter, each both ways; the even ones come in.
insert into input by name
select 1 as input_id, 'bulk.pcap' as name, 'bulk.pcap' as path, repeat('0', 64) as sha256, 'capture' as kind,
  1 as bytes, 1 as items, timestamp '2026-03-01' as first_seen, timestamp '2026-03-02' as last_seen;
insert into path by name
select 1099511627776 | n as id,
  if(n % 2 = 0, '198.51.100.7', '192.0.2.' || 10 + n // 2) as source_address,
  if(n % 2 = 0, '192.0.2.' || 10 + n // 2, '198.51.100.7') as destination_address,
  if(n < 8, if(n % 2 = 0, 4897, 4500 + n // 2), null) as opc,
  if(n < 8, if(n % 2 = 0, 4500 + n // 2, 4897), null) as dpc,
  if(n < 8, 0, null) as network_indicator
from range(12) links (n);
-- Nodes: the own HLR, VLR and SMSC are 1 to 3, the partner's from 10 on; 5 is a stranger.
insert into sccp_address by name
select 1099511627776 | n as id,
  case when n < 5 then '23359000001' || n when n = 5 then '33639980020' else '44770090' || lpad(n::varchar, 4, '0') end as gt,
  1 as plan, 4 as nature, 7 as ssn
from range(1, 3010) nodes (n);
insert into dialogue_portion by name
select 1099511627776 | n as id, 96 as dialogue_pdu, n as application_context, 3 as map_version from range(1, 50) contexts (n);
insert into diameter_route by name
select 1099511627776 | n as id,
  if(n = 0, 'hss1.epc.mnc099.mcc620', 'mme' || n || '.epc.mnc099.mcc234') || '.3gppnetwork.org' as origin_host,
  if(n = 0, 'epc.mnc099.mcc620', 'epc.mnc099.mcc234') || '.3gppnetwork.org' as origin_realm,
  if(n = 0, 'epc.mnc099.mcc234', 'epc.mnc099.mcc620') || '.3gppnetwork.org' as destination_realm
from range(200) hosts (n);

create temp table dialogue_made as
select
  d, d % 20 as kind, 1099511627776 | d * 4 as id,
  timestamp '2026-03-01' + to_microseconds(d * 86000000000 // $dialogues) as seen_at,
  1620990000000000 + hash(d // 20, d % 3) % ($dialogues // 8) as imsi,
  10 + hash(d // 20) % 3000 as node, hash(d) % 4 as link
from range($dialogues) made (d);

-- The messages of each kind of dialogue: steps, from a partner's node (in) or back, what they say.
create temp table step as
from (values
  (0, 0, true, 98, 161, 56, 14), (0, 1, false, 100, 162, 56, 14),       -- sendAuthenticationInfo, kinds 0 to 5
  (6, 0, true, 98, 161, 2, 1), (6, 1, false, 101, 161, 7, 1),           -- updateLocation with the profile, 6 to 8
  (6, 2, true, 101, 162, 7, null), (6, 3, false, 100, 162, 2, null),
  (9, 0, true, 98, 161, 45, 20), (9, 1, false, 100, 162, 45, 20),       -- sendRoutingInfoForSM, 9 to 12
  (13, 0, true, 98, 161, 44, 25), (13, 1, false, 100, 162, null, 25),   -- mt-forwardSM, 13 to 16
  (17, 0, false, 98, 161, 3, 2), (17, 1, true, 100, 162, null, 2)       -- cancelLocation by the own HLR
) as steps (first_kind, step, inwards, tcap_type, component_type, opcode, context);

insert into map_common by name
select
  id + step as id, d * 4 + step + 1 as frame, 1 as message, 1 as component,
  seen_at + to_milliseconds(150 * step) as seen_at,
  1099511627776 | (link * 2 + if(inwards, 0, 1)) as path_id,
  1099511627776 | if(inwards, 1, node) as called_id, 1099511627776 | if(inwards, node, 1) as calling_id,
  1099511627776 | context as dialogue_id, tcap_type,
  case when tcap_type <> 100 then if(inwards = (kind <> 17), d, 8000000000 + d) end as otid,
  case when tcap_type <> 98 then if(inwards = (kind <> 17), 8000000000 + d, d) end as dtid,
  component_type, if(opcode = 7, 2, 1) as invoke_id,
  if(d % 100000 = 0 and opcode = 56, 71, opcode) as opcode,
  hash(d, step) as digest,
  if(component_type = 161 and opcode not in (7, 45) or (opcode = 45 and component_type = 162), imsi, null) as imsi,
  if(opcode = 7 or (opcode = 45 and component_type = 161), 1233590000000 + imsi % 100000000, null) as msisdn,
  if(opcode = 2 and component_type = 161, 1447700900000 + node, null) as msc_number,
  if(opcode = 2 and component_type = 161, 1447700900000 + node, null) as vlr_number,
  if(opcode in (44, 45), 1447700900100, null) as service_centre
from dialogue_made join step
  on first_kind = case when kind < 6 then 0 when kind < 9 then 6 when kind < 13 then 9 when kind < 17 then 13 when kind = 17 then 17 end
order by seen_at;

insert into sms by name
select id as component_id, true as mobile_terminated, '447700900' || d % 1000 as tp_address, if(d % 50 = 13, 80, 5) as otp_likelihood
from dialogue_made where kind between 13 and 16;

insert into diameter_common by name
select
  id + step as id, d * 4 + step + 1 as frame, 1 as message, seen_at + to_milliseconds(20 * step) as seen_at,
  1099511627776 | (8 + link % 2 * 2 + step) as path_id, 1099511627776 | if(step = 0, 1 + node % 199, 0) as route_id,
  if(step = 0, 192, 64) as command_flags, if(kind = 18, 316, 318) as command_code, 16777251 as application_id,
  d % 4294967296 as hop_by_hop, d % 4294967296 as end_to_end, hash(d, step, 'd') as digest, 1 as fingerprint,
  if(step = 0, imsi, null) as imsi, if(step = 0, 123499, null) as visited_plmn, if(step = 1, 2001, null) as result_code
from dialogue_made, range(2) steps (step)
where kind >= 18
order by seen_at;

drop table dialogue_made;
drop table step;
