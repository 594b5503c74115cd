-- The database of one audit. Tables hold what was read, as it stood on the wire (codes, digits, times);
-- messages.sql adds the names. Nothing of network.toml is stored at ingest.
-- Times are UTC, microseconds. Numbers are digit strings in international form without '+'.
-- NULL means: not in the message. Wire codes are given with the clause that defines them.

create table schema_version (             -- which version of this file made the database
  version integer not null                  -- of this file; a newer database is refused
);

create table input (                        -- a capture or log that was read, whole or not at all
  input_id integer primary key,             -- in the order of reading, from 1
  name varchar not null unique,             -- as findings name it: relative to the INPUT folder, or the base name
  path varchar not null,                    -- where it was read, so that explain can open it again
  sha256 varchar not null unique,           -- hex, over the file's bytes: an input is known by its content
  kind varchar not null,                    -- capture, sim_swap or dfs_event
  reading varchar,                          -- of a log: digest of the [[log]] table it was read with, if any
  bytes bigint not null,                    -- size of the file
  items bigint not null,                    -- frames of a capture, rows of a log, unreadable ones included
  damage varchar,                           -- why reading stopped before the end of a capture, NULL if it did not
  first_seen timestamp,                     -- of the earliest and latest frame or row
  last_seen timestamp
);

-- Digits are kept as a number with a 1 in front, which keeps leading zeros; those that are no number, in a column odd_….
create macro digits(number) as substr(number::varchar, 2);

-- Flags are bits of one number, behind small numbers of five bits each; 0 and false stand for what is not there.
create macro packed(flags, bit) as nullif((flags >> bit) & 31, 0)::utinyint;
create macro flag(flags, bit) as case when (flags >> bit) & 1 = 1 then true end;

-- What repeats from message to message has tables of its own; their ids, and those of components and Diameter messages,
-- are unique over the database and begin with the input's number (id >> 40).
create table path (                         -- how messages came
  id bigint not null,
  source_address varchar,                   -- IP addresses, canonical text
  destination_address varchar,
  source_port usmallint,                    -- of SCTP or TCP
  destination_port usmallint,
  payload_protocol uinteger,                -- of SCTP (RFC 9260 12.6): 2 M2UA, 3 M3UA, 4 SUA, 5 M2PA, 46 Diameter; NULL: no SCTP
  routing_context uinteger,                 -- RFC 4666 3.2
  network_appearance uinteger,              -- RFC 4666 3.2
  opc uinteger,                             -- originating point code (Q.704 2.2, RFC 4666 3.3.1), an unsigned number
  dpc uinteger,                             -- destination point code
  network_indicator utinyint,               -- 0 and 1 international, 2 and 3 national (Q.704 14.2.2)
  sccp_type utinyint,                       -- message type (Q.713 2.1): 9 UDT, 10 UDTS, 17 XUDT, 18 XUDTS, 19 LUDT, 20 LUDTS
  point_code_bits utinyint                  -- of MTP3's routing label: 14 (ITU) or 24 (ANSI, China), told by which of them SCCP's message makes sense behind;
                                            -- NULL where the adaptation layer gives point codes as numbers (M3UA, SUA)
);

create table sccp_address (                 -- a called or calling party address (Q.713 3.4)
  id bigint not null,
  gt varchar,                               -- global title digits (Q.713 3.4.2.3)
  plan utinyint,                            -- numbering plan: 1 E.164, 6 E.212, 7 E.214 (Q.713 3.4.2.3.3); NULL: not carried
  nature utinyint,                          -- nature of address: 3 national, 4 international (Q.713 3.4.2.3.1)
  translation_type utinyint,
  ssn utinyint,                             -- subsystem: 6 HLR, 7 VLR, 8 MSC, 145 GMLC, 146 CAP, 147 gsmSCF, 149 SGSN (TS 23.003 8.2)
  point_code uinteger,                      -- the one inside the address, of 14 or 24 bits
  indicator utinyint                        -- the address indicator's octet: bit 7 routing on SSN, bits 3 to 6 the kind of title, 2 SSN, 1 point code;
                                            -- bit 8 with a title of kind 0 to 2 is read as ANSI's (T1.112.3 3.4): 1 SSN, 2 point code, kind 1 as ITU's 3
);

create table dialogue_portion (             -- what a TCAP message says of its dialogue (Q.773 3.2)
  id bigint not null,
  dialogue_pdu utinyint,                    -- tag (Q.773 3.2): 96 AARQ or AUDT, 97 AARE, 100 ABRT
  application_context usmallint,            -- n of the MAP context 0.4.0.0.1.0.n.v (TS 29.002 17.3.2)
  map_version utinyint,                     -- v of it
  application_context_oid varchar,          -- dotted, where the context is of another form
  destination_reference varchar,            -- MAP-OpenInfo digits (TS 29.002 17.4)
  origination_reference varchar,
  dialogue_result utinyint,                 -- of an AARE: 0 accepted, 1 rejected
  diagnostic utinyint,                      -- why, by the user: 0 null, 1 no reason, 2 context not supported; 16 more: by the provider
  abort_source utinyint                     -- of an ABRT: 0 user, 1 provider
);

create table map_common (                   -- of a MAP component and its dialogue, what most of them have; see map_component
  id bigint not null,                       -- ascending by input, frame, message, component
  frame bigint not null,                    -- from 1, as Wireshark counts
  message integer not null,                 -- from 1 among the frame's signalling messages
  component integer not null,               -- from 1 within the TCAP message; 0: the message has none
  seen_at timestamp not null,
  path_id bigint not null,                  -- path.id
  called_id bigint,                         -- sccp_address.id
  calling_id bigint,                        -- sccp_address.id; calling is the sender of this message
  dialogue_id bigint,                       -- dialogue_portion.id
  tcap_type utinyint not null,              -- tag (Q.773 3.1): 97 unidirectional, 98 begin, 100 end, 101 continue, 103 abort
  otid ubigint,                             -- transaction ids (Q.773 3.1), their octets as an unsigned number
  dtid ubigint,
  component_type utinyint,                  -- tag (Q.773 3.1): 161 invoke, 162 returnResultLast, 163 returnError, 164 reject, 167 returnResultNotLast
  invoke_id smallint,
  opcode smallint,                          -- operation (TS 29.002 17.5); of an invoke, or of a result that names it
  error_code smallint,                      -- TS 29.002 17.6
  digest ubigint not null,                  -- tells messages apart; covers the SCCP message without any text in it
  imsi ubigint,                             -- E.212; the fields from here on are TS 29.002 17.7's of the same name
  msisdn ubigint,                           -- E.164
  msc_number ubigint,                       -- msc-Number; of a location answer: where the subscriber is
  vlr_number ubigint,
  sgsn_number ubigint,
  hlr_number ubigint,
  network_node_number ubigint,              -- sendRoutingInfoForSM: where to deliver
  service_centre ubigint,                   -- serviceCentreAddress, also out of sm-RP-OA and sm-RP-DA
  requesting_plmn ubigint,                  -- requestingPLMN-Id, MCC and MNC digits
  requested_vectors smallint,               -- numberOfRequestedVectors
  flags ubigint                             -- what else was said, a bit each: see map_component
);

create table map_rare (                     -- what few of them have: a row only where one of these is there
  id bigint not null,                       -- map_common.id
  abort_cause utinyint,                     -- P-Abort cause (Q.773 3.1); NULL: aborted by the user, or no abort
  return_cause utinyint,                    -- of a message that came back (UDTS …), why (Q.713 3.12); its components are those that were sent
  linked_id smallint,
  opcode_oid varchar,                       -- dotted, where the operation is named by a global OID; opcode is then its last arc
  problem smallint,                         -- of a reject: kind (0 general, 1 invoke, 2 result, 3 error) * 256 + code (Q.773 3.3.4)
  odd_imsi varchar,                         -- digits that are no number, or more than 18
  odd_msisdn varchar,
  odd_msc_number varchar,
  odd_vlr_number varchar,
  odd_sgsn_number varchar,
  odd_hlr_number varchar,
  odd_network_node_number varchar,
  odd_service_centre varchar,
  odd_requesting_plmn varchar,
  error_cause utinyint,                     -- the cause in an error's parameter; what it means depends on the error (17.6, 17.7): absentSubscriberReason,
                                            -- roamingNotAllowedCause, callBarringCause, absentSubscriberDiagnosticSM, networkResource …
  bytes_unread integer                      -- octets behind the last element that belongs to the component or message
);

create table map_location (                 -- where a subscriber is, and who asks; a row only where one of these is there
  id bigint not null,                       -- map_common.id; fields are TS 29.002 17.7.1's, 17.7.13's and 17.7.2's of the same name
  imei varchar,                             -- also imeisv
  gsmscf_address varchar,                   -- the asking gsmSCF
  mlc_number varchar,                       -- the asking GMLC
  cell varchar,                             -- cell or service area: MCC-MNC-LAC-CI, or MCC-MNC-LAC
  eps_cell varchar,                         -- e-utranCellGlobalIdentity: MCC-MNC-ECI
  mme_name varchar,
  age_of_location uinteger,                 -- ageOfLocationInformation, ageOfLocationEstimate: minutes
  subscriber_state utinyint,                -- 0 assumedIdle, 1 camelBusy, 2 netDetNotReachable, 3 notProvidedFromVLR
  packet_state utinyint,                    -- ps-SubscriberState: 0 notProvided, 1 detached, 2 and 3 attached, 4 and 5 PDP active
                                            -- (3 and 5 reachable for paging), 6 netDetNotReachable
  location_type utinyint,                   -- locationEstimateType: 0 current, 1 current or last known, 2 initial, 3 activateDeferred, 4 cancelDeferred
  lcs_client_type utinyint,                 -- 0 emergency, 1 value added, 2 operator, 3 lawful intercept
  lcs_client_internal_id utinyint,          -- 0 broadcast, 1 and 2 O&M of the home and visited network, 3 anonymous, 4 subscribed service
  lcs_client_number varchar,                -- externalAddress of the LCS client
  lcs_accuracy utinyint,                    -- horizontal-accuracy as sent: bits 0 to 6 the uncertainty code (TS 23.032 6.2)
  lcs_service_type uinteger,                -- lcsServiceTypeID
  lcs_event utinyint,                       -- 0 and 1 emergency call, 2 mo-lr, 3 deferredmt-lrResponse, 4 mo-lrTTTP, 5 handover
  h_gmlc_address varchar,                   -- of a GSN-Address the IP address
  v_gmlc_address varchar,
  trace_reference uinteger,                 -- traceReference, its octets as a number
  trace_type utinyint,
  omc_id varchar,
  mm_event utinyint,                        -- eventMet of noteMM-Event: MM-Code
  equipment_status utinyint                 -- checkIMEI: 0 white, 1 black, 2 grey
);

create table map_subscription (             -- supplementary services and subscriber data; a row only where one of these is there
  id bigint not null,                       -- map_common.id; of lists the first; fields are TS 29.002 17.7.1's and 17.7.4's
  ss_code utinyint,                         -- 17.7.5: 32 to 43 call forwarding, 144 to 156 call barring
  ss_status utinyint,                       -- bits 0 active, 1 registered, 2 provisioned, 3 quiescent
  bearer_service utinyint,                  -- 17.7.10, the first octet
  teleservice utinyint,                     -- 17.7.9, the first octet
  forwarded_to_number varchar,
  forwarded_to_nature utinyint,             -- nature of address of that number: 1 international, 2 national
  no_reply_time utinyint,                   -- noReplyConditionTime, seconds
  guidance utinyint,                        -- getPassword: 0 enterPW, 1 enterNewPW, 2 enterNewPW-Again
  subscriber_status utinyint,               -- 0 serviceGranted, 1 operatorDeterminedBarring
  odb_general uinteger,                     -- odb-GeneralData, its bit n as bit n
  odb_home uinteger,                        -- odb-HPLMN-Data, likewise
  network_access_mode utinyint,             -- 0 packetAndCircuit, 1 onlyCircuit, 2 onlyPacket
  access_restriction uinteger,              -- accessRestrictionData, its bit n as bit n
  csi_kind utinyint,                        -- asked for or modified: 0 O, 1 T, 2 VT, 3 TIF, 4 GPRS, 5 MO-SMS, 6 SS, 7 M, 8 D
  csi_withdrawal uinteger                   -- specificCSI-Withdraw, its bit n as bit n
);

create table map_camel (                    -- CAMEL subscriptions that are installed or told; a row only where there is one
  id bigint not null,                       -- map_common.id
  o_csi varchar,                            -- gsmSCF-Address of each kind of CSI, of the first trigger (TS 29.002 17.7.1)
  o_csi_key uinteger,                       -- serviceKey, likewise
  d_csi varchar,
  d_csi_key uinteger,
  t_csi varchar,
  t_csi_key uinteger,
  vt_csi varchar,
  vt_csi_key uinteger,
  ss_csi varchar,
  m_csi varchar,                            -- mobility events
  m_csi_key uinteger,
  mo_sms_csi varchar,
  mo_sms_csi_key uinteger,
  mt_sms_csi varchar,
  mt_sms_csi_key uinteger,
  gprs_csi varchar,
  gprs_csi_key uinteger,
  mg_csi varchar,                           -- mobility events in the packet domain
  mg_csi_key uinteger,
  default_handling utinyint                 -- of the first trigger, if the gsmSCF does not answer: 0 continue, 1 release
);

create table map_routing (                  -- calls, short messages and moves; a row only where one of these is there
  id bigint not null,                       -- map_common.id
  gmsc_address varchar,                     -- gmsc-Address, gmsc-OrGsmSCF-Address
  interrogation_type utinyint,              -- 0 basicCall, 1 forwarding
  call_reference ubigint,                   -- callReferenceNumber, its octets as a number
  roaming_number varchar,
  portability_status utinyint,              -- 0 not known to be ported, 1 own ported out, 2 foreign to foreign, 4 own not ported, 5 foreign ported in
  unavailability_cause utinyint,            -- 1 bearer service, 2 teleservice, 3 absent, 4 busy, 5 barred, 6 CUG
  lmsi uinteger,                            -- its octets as a number
  additional_msc_number varchar,            -- additional-Number
  additional_sgsn_number varchar,
  delivery_not_intended utinyint,           -- sm-deliveryNotIntended: 0 onlyIMSI, 1 onlyMCC-MNC
  delivery_outcome utinyint,                -- sm-DeliveryOutcome: 0 memory exceeded, 1 absent, 2 successful
  absent_diagnostic utinyint,               -- absentSubscriberDiagnosticSM (TS 23.040 3.3.2)
  alert_reason utinyint,                    -- readyForSM: 0 ms-Present, 1 memoryAvailable
  mw_status uinteger,                       -- informServiceCentre: bits 0 address not included, 1 MNRF, 2 MCEF, 3 MNRG
  correlation_hlr varchar,                  -- correlationID.hlr-id, digits
  correlation_uri varchar,                  -- correlationID.sip-uri-B
  cancellation_type utinyint,               -- 0 updateProcedure, 1 subscriptionWithdraw, 2 initialAttachProcedure
  new_msc_number varchar,                   -- cancelLocation: where the subscriber went
  new_vlr_number varchar,
  sgsn_address varchar,                     -- of a GSN-Address the IP address
  ggsn_address varchar,
  ggsn_number varchar,
  mme_number_for_mt_sms varchar,            -- mmeNumberforMTSMS
  sms_register_request utinyint,            -- updateGprsLocation: 0 required, 1 not preferred, 2 no preference
  css_number varchar,                       -- reset: sendingNodenumber
  hlr_list varchar,                         -- reset: hlr-List, beginnings of IMSIs with a space in between
  failure_cause utinyint                    -- authenticationFailureReport: 0 wrongUserResponse, 1 wrongNetworkSignature
);

create table cap_component (                -- a row a CAP component with its dialogue (TS 29.078); the ids as in map_common
  id bigint not null,
  frame bigint not null,
  message integer not null,
  component integer not null,
  seen_at timestamp not null,
  path_id bigint not null,
  called_id bigint,
  calling_id bigint,
  dialogue_id bigint,
  tcap_type utinyint not null,
  otid ubigint,
  dtid ubigint,
  abort_cause utinyint,
  return_cause utinyint,
  component_type utinyint,
  invoke_id smallint,
  linked_id smallint,
  opcode smallint,                          -- operation (TS 29.078 5.3)
  opcode_oid varchar,
  error_code smallint,
  problem smallint,
  bytes_unread integer,
  digest ubigint not null,
  service_key uinteger,                     -- initialDP and its like; the fields from here on are TS 29.078's of the same name
  event_type utinyint,                      -- eventTypeBCSM, eventTypeSMS or gPRSEventType: the detection point
  release_cause utinyint,                   -- cause value (Q.850 2.2.5)
  imsi varchar,
  msisdn varchar,
  imei varchar,
  calling_number varchar,                   -- callingPartyNumber
  called_number varchar,                    -- calledPartyNumber
  called_bcd_number varchar,                -- calledPartyBCDNumber; of a short message its destinationSubscriberNumber
  destination_number varchar,               -- connect: the first destinationRoutingAddress, where the call goes instead
  original_called_number varchar,           -- originalCalledPartyID
  redirecting_number varchar,               -- redirectingPartyID
  msc_address varchar,
  gmsc_address varchar,
  vlr_number varchar,
  sgsn_number varchar,
  smsc_address varchar,
  gsmscf_address varchar,
  cell varchar                              -- MCC-MNC-LAC-CI, or MCC-MNC-LAC
);

-- a row a MAP component with its dialogue; a TCAP message without components is one row
create view map_component as
select
  common.id, (common.id >> 40)::integer as input_id, frame, message, component, seen_at,
  source_address, destination_address, source_port, destination_port, payload_protocol, routing_context, network_appearance,
  opc, dpc, network_indicator, sccp_type, point_code_bits,
  calling.gt as calling_gt, calling.plan as calling_plan, calling.nature as calling_nature,
  calling.translation_type as calling_translation_type, calling.ssn as calling_ssn,
  calling.point_code as calling_point_code, calling.indicator as calling_indicator,
  called.gt as called_gt, called.plan as called_plan, called.nature as called_nature,
  called.translation_type as called_translation_type, called.ssn as called_ssn,
  called.point_code as called_point_code, called.indicator as called_indicator,
  tcap_type, otid, dtid, dialogue.* exclude (id), component_type, invoke_id, opcode, error_code, digest,
  coalesce(digits(imsi), odd_imsi) as imsi,
  coalesce(digits(msisdn), odd_msisdn) as msisdn,
  coalesce(digits(msc_number), odd_msc_number) as msc_number,
  coalesce(digits(vlr_number), odd_vlr_number) as vlr_number,
  coalesce(digits(sgsn_number), odd_sgsn_number) as sgsn_number,
  coalesce(digits(hlr_number), odd_hlr_number) as hlr_number,
  coalesce(digits(network_node_number), odd_network_node_number) as network_node_number,
  coalesce(digits(service_centre), odd_service_centre) as service_centre,
  coalesce(digits(requesting_plmn), odd_requesting_plmn) as requesting_plmn,
  requested_vectors,
  packed(flags, 0) as vector_count,                       -- how many authentication vectors the answer holds
  packed(flags, 5) - 1 as requesting_node_type,           -- sendAuthenticationInfo: 0 VLR, 1 SGSN, 2 S-CSCF, 3 BSF, 4 and 5 AAA, 16 MME, 17 MME and SGSN
  packed(flags, 10) as camel_phases,                      -- supportedCamelPhases: bit 0 phase 1 … bit 3 phase 4
  flag(flags, 15) as location_returned,                   -- the answer carries a cell, coordinates or a serving node's number
  flag(flags, 16) as vectors_returned,                    -- authentication vectors are in the answer: triplets, unless one of the next two is set
  flag(flags, 17) as quintuplets_returned,
  flag(flags, 18) as eps_vectors_returned,
  flag(flags, 19) as priority,                            -- sm-RP-PRI is TRUE
  flag(flags, 20) as more_messages,                       -- moreMessagesToSend
  flag(flags, 21) as location_requested,                  -- requestedInfo asks for locationInformation, or a location is asked for
  flag(flags, 22) as current_location_requested,          -- requestedInfo.currentLocation: the subscriber is paged
  flag(flags, 23) as state_requested,                     -- requestedInfo.subscriberState
  flag(flags, 24) as imei_requested,                      -- requestedInfo.imei
  flag(flags, 25) as portability_requested,               -- requestedInfo.mnpRequestedInfo
  flag(flags, 26) as current_location_returned,           -- currentLocationRetrieved
  flag(flags, 27) as coordinates_returned,                -- geographicalInformation or geodeticInformation
  flag(flags, 28) as location_estimate,                   -- locationEstimate: coordinates are told
  flag(flags, 29) as or_interrogation,                    -- or-Interrogation
  flag(flags, 30) as privacy_override,                    -- privacyOverride
  flag(flags, 31) as tmsi_given,                          -- the subscriber is named by a TMSI
  flag(flags, 32) as resynchronisation,                   -- re-synchronisationInfo
  flag(flags, 33) as eps_vectors_requested,               -- additionalVectorsAreForEPS
  flag(flags, 34) as csi_installed,                       -- insertSubscriberData carries CAMEL subscription information
  flag(flags, 35) as csi_withdrawn,                       -- camelSubscriptionInfoWithdraw or specificCSI-Withdraw
  flag(flags, 36) as teleservices_set,                    -- teleserviceList
  flag(flags, 37) as services_set,                        -- provisionedSS
  flag(flags, 38) as gprs_set,                            -- gprsSubscriptionData
  flag(flags, 39) as eps_set,                             -- eps-SubscriptionData
  flag(flags, 40) as basic_services_withdrawn,            -- basicServiceList of deleteSubscriberData
  flag(flags, 41) as gprs_withdrawn,                      -- gprsSubscriptionDataWithdraw
  flag(flags, 42) as eps_withdrawn,                       -- epsSubscriptionDataWithdraw
  flag(flags, 43) as reachability_requested,              -- ue-ReachabilityRequestIndicator
  flag(flags, 44) as services_requested,                  -- requestedSubscriptionInfo.requestedSS-Info
  flag(flags, 45) as odb_requested,                       -- requestedSubscriptionInfo.odb
  flag(flags, 46) as csi_requested,                       -- requestedSubscriptionInfo.requestedCAMEL-SubscriptionInfo
  flag(flags, 47) as modification_requested,              -- anyTimeModification carries one of the next five
  flag(flags, 48) as forwarding_modified,                 -- modificationRequestFor-CF-Info
  flag(flags, 49) as barring_modified,                    -- modificationRequestFor-CB-Info
  flag(flags, 50) as csi_modified,                        -- modificationRequestFor-CSI
  flag(flags, 51) as odb_modified,                        -- modificationRequestFor-ODB-data
  flag(flags, 52) as ip_sm_gw_modified,                   -- modificationRequestFor-IP-SM-GW-Data
  flag(flags, 53) as restoration,                         -- restorationIndicator
  flag(flags, 54) as data_update_skipped,                 -- skipSubscriberDataUpdate
  flag(flags, 55) as sms_only,                            -- sms-Only of updateGprsLocation
  flag(flags, 56) as mwd_set,                             -- messages are waiting: mwd-Set
  flag(flags, 57) as ms_not_reachable,                    -- msNotReachable
  flag(flags, 58) as gprs_node,                           -- gprsNodeIndicator: networkNode-Number is an SGSN
  flag(flags, 59) as ip_sm_gw,                            -- ip-sm-gw-Indicator, ip-sm-gwGuidance
  rare.* exclude (id, odd_imsi, odd_msisdn, odd_msc_number, odd_vlr_number, odd_sgsn_number, odd_hlr_number,
    odd_network_node_number, odd_service_centre, odd_requesting_plmn),
  location.* exclude (id), subscription.* exclude (id), camel.* exclude (id), routing.* exclude (id),
  coalesce(o_csi, t_csi, vt_csi, d_csi, ss_csi, m_csi, mo_sms_csi, mt_sms_csi, gprs_csi, mg_csi) as csi_gsmscf_address
from map_common common
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id
left join dialogue_portion dialogue on dialogue.id = dialogue_id
left join map_rare rare on rare.id = common.id
left join map_location location on location.id = common.id
left join map_subscription subscription on subscription.id = common.id
left join map_camel camel on camel.id = common.id
left join map_routing routing on routing.id = common.id;

create table anomaly (                      -- what decoders forgive in a message, and attackers use
  component_id bigint not null,             -- map_common.id, cap_component.id or diameter_common.id
  layer varchar not null,                   -- ber, tcap, map, diameter
  kind varchar not null,
  octet uinteger                            -- from the beginning of the TCAP or Diameter message
);

create table sms (                          -- facts of a short message's TPDU (TS 23.040 9.2); its text is never kept
  component_id bigint not null,             -- map_common.id, of an invoke, or of a result or error with a report; diameter_message.id of SGd and S6c
  tp_mti utinyint,                          -- to the subscriber: 0 deliver, 1 submit-report, 2 status-report; from there: 0 deliver-report, 1 submit, 2 command (9.2.3.1)
  mobile_terminated boolean not null,       -- towards the subscriber
  tp_address varchar,                       -- TP-OA of a deliver, TP-DA of a submit or command, TP-RA of a status-report; alphanumeric ones decoded
  tp_address_type utinyint,                 -- type of number: 0 unknown, 1 international, 2 national, 5 alphanumeric (9.1.2.5)
  tp_pid utinyint,                          -- 9.2.3.9; 64 is the silent type 0, 127 data for the SIM
  tp_dcs utinyint,                          -- 9.2.3.10, TS 23.038 4
  tp_udl utinyint,                          -- length as sent: septets of GSM 7-bit, else octets; the header's included
  tp_scts timestamp,                        -- when the service centre got it (9.2.3.11), UTC; of a status-report, the message that it is about
  characters utinyint,                      -- length of the text in characters, without the header; NULL: compressed, or for the SIM
  otp_likelihood utinyint                   -- 0 to 100: how much the text looks like a one-time password; of several parts, in the row that makes them whole
);

create table sms_rare (                     -- what few of them have: a row only where one of these is there
  component_id bigint not null,             -- sms.component_id
  reply_path boolean,                       -- TP-RP is set (9.2.3.17)
  status_report boolean,                    -- a status report is asked for (TP-SRR of a submit) or will be sent (TP-SRI)
  tp_mr utinyint,                           -- message reference (9.2.3.6), of a submit, command or status-report
  validity_seconds uinteger,                -- TP-VP (9.2.3.12), relative or enhanced
  valid_until timestamp,                    -- TP-VP, absolute
  tp_status utinyint,                       -- of a status-report (9.2.3.15): 0 to 31 delivered, 32 to 63 tried on, from 64 failed
  discharged_at timestamp,                  -- TP-DT of a status-report
  tp_fcs utinyint,                          -- of a report in an error (9.2.3.22): why, 208 SIM storage full, 211 memory exceeded …
  tp_command_type utinyint,                 -- of a command (9.2.3.19)
  header_elements varchar,                  -- identifiers of the header's elements in their order, hex: '00 05' (9.2.3.24); '' for an empty header
  concat_reference usmallint,               -- of the elements 00 and 08: which message this is a part of, of how many, and which
  concat_total utinyint,
  concat_part utinyint,
  whole_characters usmallint,               -- in the row that makes the parts whole: their length together
  part_likelihood utinyint,                 -- otp_likelihood of this part alone
  source_port usmallint,                    -- of the elements 04 and 05
  destination_port usmallint,               -- 2948 WAP push (9.2.3.24.4)
  special_indication usmallint,             -- of the element 01 (9.2.3.24.2): kind of message that waits * 256 + how many
  locking_language utinyint,                -- of the elements 25 and 24: national language (TS 23.038 6.2.1.2.4)
  single_language utinyint,
  spi usmallint,                            -- security header of a command packet (element 70, TS 31.115; TS 102 225 5.1): security parameters; (spi >> 8) & 7 = 0: no checksum, no cipher
  kic utinyint,                             -- key and algorithm of ciphering
  kid utinyint,                             -- of the checksum or signature
  tar uinteger,                             -- toolkit application reference, also of a response packet (element 71)
  counter ubigint,                          -- CNTR, where SPI says that there is one, and it is not ciphered
  padding_counter utinyint,                 -- PCNTR, where it is not ciphered
  response_status utinyint                  -- of a response packet, as sent: it may be ciphered
);

-- a row a short message: all of it, and what its data coding scheme says (TS 23.038 4)
create view short_message as
select
  sms.*, rare.* exclude (component_id),
  case
    when (tp_dcs < 128 and tp_dcs & 12 = 4) or (tp_dcs >= 240 and tp_dcs & 4 = 4) then '8bit'
    when (tp_dcs < 128 and tp_dcs & 12 = 8) or tp_dcs & 240 = 224 then 'ucs2'
    when tp_dcs is not null then 'gsm7'
  end as alphabet,
  tp_dcs < 128 and tp_dcs & 32 = 32 as compressed,
  if((tp_dcs < 128 and tp_dcs & 16 = 16) or tp_dcs >= 240, tp_dcs & 3, null) as message_class, -- 0 shown at once, 1 telephone, 2 SIM, 3 terminal
  tp_dcs between 64 and 127 as deleted_after_reading,
  case when tp_dcs between 192 and 207 then 'discard' when tp_dcs between 208 and 239 then 'store' end as waiting_indication,
  if(tp_dcs between 192 and 239, tp_dcs & 3, null) as waiting_kind,           -- 0 voice mail, 1 fax, 2 electronic mail, 3 other
  if(tp_dcs between 192 and 239, tp_dcs & 8 = 8, null) as waiting_active
from sms left join sms_rare rare using (component_id);

create table ussd (                         -- facts of a USSD string (TS 29.002 11.9); the string itself is never kept
  component_id bigint not null,             -- map_common.id
  from_subscriber boolean not null,         -- dialled, or answered to a prompt; else the network's text
  dcs utinyint,                             -- ussd-DataCodingScheme (TS 23.038 5); NULL: version 1, IA5
  characters utinyint,                      -- length in characters; NULL: compressed
  service_code varchar,                     -- of what was dialled: the digits between the first * or # and the next, at most 6
  fields utinyint,                          -- of what was dialled or answered: how many fields between * and #, without the service code
  pin_digits utinyint,                      -- how many digits the last field has that consists of 4 to 8 digits: a PIN in clear, an amount …; NULL: there is none
  asks_for_pin boolean,                     -- of the network's text: a word for PIN or password is in it (English, French, Swahili, Arabic … )
  otp_likelihood utinyint                   -- of the network's text: 0 to 100, how much it looks like a one-time password
);

create table diameter_route (               -- from whom, to whom and over whom Diameter messages go (RFC 6733 6)
  id bigint not null,
  origin_host varchar,                      -- 264
  origin_realm varchar,                     -- 296
  destination_host varchar,                 -- 293
  destination_realm varchar,                -- 283
  route_record varchar                      -- 282: the hosts that it passed, in order, a space between them
);

create table diameter_common (              -- of a Diameter message, what most of them have (RFC 6733 3); see diameter_message
  id bigint not null,                       -- ascending by input, frame, message
  frame bigint not null,
  message integer not null,
  seen_at timestamp not null,
  path_id bigint not null,                  -- path.id
  route_id bigint,                          -- diameter_route.id
  command_flags utinyint not null,          -- 128 request, 64 proxiable, 32 error, 16 potentially retransmitted
  command_code uinteger not null,
  application_id uinteger not null,
  hop_by_hop uinteger not null,
  end_to_end uinteger not null,
  digest ubigint not null,                  -- tells messages apart; covers the message without any text in it
  fingerprint uinteger not null,            -- of the stack: order and flags of its AVPs but those of the route, pattern of its Session-Id
  imsi ubigint,                             -- User-Name (1) where it is 6 to 15 digits, else that of User-Identifier; or Subscription-Id of type IMSI
  msisdn ubigint,                           -- MSISDN (701), alone or in a group; or Subscription-Id of type E.164
  visited_plmn ubigint,                     -- 1407, MCC and MNC digits
  result_code uinteger                      -- 268
);

create table diameter_registration (        -- attach, authentication: S6a, S6d, SWx (TS 29.272 7.3, TS 29.273 8.2.3), a row only where one is there
  id bigint not null,                       -- diameter_common.id, here and below
  rat_type uinteger,                        -- 1032
  ulr_flags uinteger,                       -- 1405
  ula_flags uinteger,                       -- 1406
  requested_vectors uinteger,               -- 1410 for E-UTRAN
  immediate_response_preferred uinteger,    -- 1412
  requested_utran_vectors uinteger,         -- 1410 for UTRAN and GERAN
  resynchronisation boolean,                -- 1411 is present
  vectors_returned uinteger,                -- how many of E-UTRAN, UTRAN, GERAN (1414 to 1416)
  imei varchar,                             -- 1402
  software_version varchar,                 -- 1403
  mme_number_for_mt_sms varchar,            -- 1645
  sms_register_request uinteger,            -- 1648: 0 required, 1 not required, 2 no preference
  sgsn_number varchar,                      -- 1489
  active_apns varchar,                      -- Service-Selection (493) of each Active-APN (1612), a space between them
  feature_list_ids varchar,                 -- 629 of each Supported-Features (628), in order, a space between them
  feature_lists varchar                     -- 630 of each, bits
);

create table diameter_subscription (        -- what a home server says of a subscriber: Subscription-Data (TS 29.272 7.3.2)
  id bigint not null,
  subscription_profile boolean,             -- 1400 is present
  a_msisdn varchar,                         -- 1643
  stn_sr varchar,                           -- 1433
  subscriber_status uinteger,               -- 1424: 0 service granted, 1 operator determined barring
  operator_determined_barring uinteger,     -- 1425, bits (TS 29.272 7.3.30)
  hplmn_odb uinteger,                       -- 1418
  access_restriction uinteger,              -- 1426, bits (TS 29.272 7.3.31)
  network_access_mode uinteger,             -- 1417: 0 packet and circuit, 2 only packet
  apns varchar                              -- Service-Selection (493) of each APN-Configuration, a space between them
);

create table diameter_location (            -- where a subscriber is: S6a, SLh, SLg (TS 29.272 7.3.109 on, TS 29.172, TS 29.173)
  id bigint not null,
  location_returned boolean,                -- EPS-Location-Information (1496) is present
  eps_cell varchar,                         -- 1602 or ECGI (2517): MCC-MNC-cell
  tracking_area varchar,                    -- 1603: MCC-MNC-TAC
  cell varchar,                             -- 1604, 1607: MCC-MNC-LAC-CI; 1605, 1606: MCC-MNC-LAC
  coordinates_returned boolean,             -- 1608 or 1609 is present
  location_estimate boolean,                -- 1242 is present
  current_location uinteger,                -- 1610: 0 the subscriber was paged for it
  age_of_location uinteger,                 -- 1611, minutes
  mme_user_state uinteger,                  -- 1499: 0 detached, 2 attached, 4 connected …
  sgsn_user_state uinteger,
  gmlc_address varchar,                     -- 2405, the first
  gmlc_number varchar,                      -- 1474
  lcs_client_type uinteger,                 -- 1241: 0 emergency, 1 value added, 2 operator, 3 lawful intercept
  lcs_client_name varchar,                  -- 1238 of LCS-EPS-Client-Name
  location_type uinteger,                   -- 2500
  location_event uinteger,                  -- 2518
  plr_flags uinteger,                       -- 2545
  ria_flags uinteger,                       -- 2411
  privacy_check uinteger,                   -- 2512 outside of a session: 0 allowed without notification …
  privacy_check_session uinteger,           -- and in one
  mme_name varchar,                         -- 2402, of the serving node; the first where there are several, here and below
  mme_realm varchar,                        -- 2408
  sgsn_name varchar,                        -- 2409
  sgsn_realm varchar,                       -- 2410
  serving_mme_number varchar,               -- 1645 of it
  serving_sgsn_number varchar,              -- 1489 of it
  msc_number varchar,                       -- 2403
  aaa_server_name varchar                   -- 318
);

create table diameter_sms (                 -- S6c and SGd (TS 29.338 5.3.3, 6.3.3) but for the short message
  id bigint not null,
  sc_address varchar,                       -- 3300, the service centre
  sms_gmsc_address varchar,                 -- 3332
  sm_rp_smea varchar,                       -- 3309: digits of a short message entity, or its name in hexadecimal (TS 23.040 9.1.2.5)
  lmsi varchar,                             -- 2400, hexadecimal
  sm_rp_mti uinteger,                       -- 3308: 0 deliver, 1 status report
  srr_flags uinteger,                       -- 3310
  delivery_not_intended uinteger,           -- 3311: 0 only the IMSI is asked for, 1 only its MCC and MNC
  mwd_status uinteger,                      -- 3312, bits
  rdr_flags uinteger,                       -- 3323
  tfr_flags uinteger,                       -- 3302
  ofr_flags uinteger,                       -- 3328
  gmsc_alert_event uinteger,                -- 3333
  delivery_cause uinteger,                  -- 3321: 0 memory exceeded, 1 absent, 2 successful
  absent_diagnostic uinteger,               -- 3322
  delivery_failure uinteger,                -- 3304
  smsmi_hss_id varchar,                     -- 3325, of SMSMI-Correlation-ID
  smsmi_originator varchar,                 -- 3326
  smsmi_destination varchar,                -- 3327
  ip_sm_gw_number varchar,                  -- 3100
  ip_sm_gw_name varchar                     -- 3101
);

create table diameter_ims (                 -- Sh and Cx (TS 29.329 6.3, TS 29.229 6.3), and what SWx shares with them
  id bigint not null,
  public_identity varchar,                  -- 601, a space between several
  external_identifier varchar,              -- 3111
  data_references varchar,                  -- 703, in order, a space between them: 14 location, 15 user state …
  server_name varchar,                      -- 602
  service_indication varchar,               -- 704, a space between several
  requested_domain uinteger,                -- 706: 0 circuit, 1 packet
  current_location_requested uinteger,      -- 707: 1 the location is to be brought up to date
  subscription_request uinteger,            -- 705: 0 subscribe, 1 unsubscribe
  user_data_octets uinteger,                -- length of User-Data (606, 702); it is not kept
  visited_network varchar,                  -- 600
  server_assignment_type uinteger,          -- 614
  user_authorization_type uinteger,         -- 623
  requested_items uinteger,                 -- 607
  authentication_items uinteger,            -- how many of 612
  authentication_scheme varchar,            -- 608
  deregistration_reason uinteger            -- 616
);

create table diameter_rare (                -- what few messages have
  id bigint not null,
  odd_imsi varchar,                         -- digits that are no number, or more than 18
  odd_msisdn varchar,
  odd_visited_plmn varchar,
  user_name varchar,                        -- User-Name (1) where it is no IMSI: of Cx and Sh the private identity
  experimental_vendor uinteger,             -- of Experimental-Result (297)
  experimental_result_code uinteger,        -- 298
  error_reporting_host varchar,             -- 294
  redirect_host varchar,                    -- 292, a space between several
  proxied boolean,                          -- Proxy-Info (284) is present
  other_application uinteger,               -- 258 or 259 where it is not the header's
  application_vendor uinteger,              -- vendor of Vendor-Specific-Application-Id where it is not 3GPP
  applications varchar,                     -- of a peer's capabilities: 258 and 259, a space between them
  host_address varchar,                     -- 257, the first
  peer_vendor uinteger,                     -- 266
  product_name varchar,                     -- 269
  firmware uinteger,                        -- 267
  origin_state uinteger,                    -- 278
  disconnect_cause uinteger,                -- 273
  idr_flags uinteger,                       -- 1490; bits 3 and 4 ask for the location (TS 29.272 7.3.103)
  ida_flags uinteger,                       -- 1441
  dsr_flags uinteger,                       -- 1421
  dsa_flags uinteger,                       -- 1422
  clr_flags uinteger,                       -- 1638
  pur_flags uinteger,                       -- 1635
  pua_flags uinteger,                       -- 1442
  nor_flags uinteger,                       -- 1443
  cancellation_type uinteger,               -- 1420 (TS 29.272 7.3.24)
  alert_reason uinteger,                    -- 1434
  user_ids varchar,                         -- 1444: beginnings of IMSIs, a space between them
  reset_ids varchar,                        -- 1670, hexadecimal, a space between them
  equipment_status uinteger                 -- 1445: 0 allowed, 1 listed as barred, 2 under observation
);

-- a row a Diameter message
create view diameter_message as
select
  common.id, (common.id >> 40)::integer as input_id, frame, message, seen_at,
  source_address, destination_address, source_port, destination_port, payload_protocol,
  command_flags >= 128 as is_request, (command_flags & 32) > 0 as is_error, (command_flags & 16) > 0 as is_retransmission,
  command_flags, command_code, application_id, hop_by_hop, end_to_end, digest, fingerprint,
  route.* exclude (id),
  coalesce(digits(imsi), odd_imsi) as imsi,
  coalesce(digits(msisdn), odd_msisdn) as msisdn,
  coalesce(digits(visited_plmn), odd_visited_plmn) as visited_plmn,
  result_code,
  registration.* exclude (id), subscription.* exclude (id), location.* exclude (id), sms.* exclude (id), ims.* exclude (id),
  rare.* exclude (id, odd_imsi, odd_msisdn, odd_visited_plmn)
from diameter_common common
left join path on path.id = path_id
left join diameter_route route on route.id = route_id
left join diameter_registration registration on registration.id = common.id
left join diameter_subscription subscription on subscription.id = common.id
left join diameter_location location on location.id = common.id
left join diameter_sms sms on sms.id = common.id
left join diameter_ims ims on ims.id = common.id
left join diameter_rare rare on rare.id = common.id;

create table problem (                      -- what could not be read, where and why
  input_id integer not null,
  frame bigint,                             -- of a capture
  message integer,                          -- of the frame; NULL: all of it
  line bigint,                              -- of a log
  layer varchar not null,                   -- capture, link, ip, sctp, tcp, m3ua, sccp, tcap, map, sms, diameter, log
  reason varchar not null
);

create table second_look (                  -- what pycrate, which knows all of MAP, CAP and Diameter, makes of messages that look odd
  input_id integer not null,
  frame bigint not null,
  message integer not null,
  layer varchar not null,                   -- of the problem or anomaly for which it was looked at
  kind varchar not null,
  outcome varchar not null,                 -- decoded, decoded in part, refused, no answer (in time), not tried (after too many of those)
  error varchar                             -- the class of pycrate's error, where it refused
);

create table not_read (                      -- an input that is in no other table, and why
  name varchar not null,
  reason varchar not null,
  named_by_user boolean not null            -- false: met in a folder, neither capture nor log
);

create table passed_over (                  -- what was rightly left alone, counted
  input_id integer not null,
  layer varchar not null,
  what varchar not null,
  frames bigint not null,
  frame bigint                              -- at which it was met first
);

create table swap (                         -- the SIM-swap log: one row an event in a SIM's life
  id bigint not null,                       -- unique over the database
  input_id integer not null,
  swap_id varchar not null,
  event varchar not null,                   -- swap, port_in, port_out, new, multi_sim, deactivated
  requested_at timestamp,
  completed_at timestamp,
  msisdn varchar not null,
  old_imsi varchar,
  new_imsi varchar,
  old_iccid varchar,
  new_iccid varchar,
  new_imei varchar,
  reason varchar,                           -- lost, stolen, damaged, upgrade, esim, recycled, other
  channel varchar,                          -- store, agent, call_centre, self_care, ota
  outlet_id varchar,
  agent_id varchar,
  id_check varchar,                         -- biometric, document, knowledge, none
  outcome varchar not null,                 -- completed, rejected, reversed
  subscriber_notified_at timestamp,         -- to the old SIM
  dfs_notified_at timestamp,                -- to the financial services
  released_at timestamp                     -- of a recycled number, by its former subscriber
);

create table dfs_event (                    -- the log of a digital financial service
  id bigint not null,
  input_id integer not null,
  event_id varchar not null,
  occurred_at timestamp not null,
  msisdn varchar not null,
  provider varchar,
  event varchar not null,                   -- otp_sent, otp_verified, pin_reset, password_reset, login, new_device, payee_added, transfer, cash_out
  channel varchar,                          -- sms, ussd, app, web
  amount decimal(18, 2),
  currency varchar,                         -- ISO 4217
  outcome varchar,                          -- success, failure
  imsi varchar,
  imsi_check varchar,                       -- match, mismatch, not_done
  account_id varchar,
  payee varchar,
  imei varchar
);

create table finding (                      -- one incident; its members are those of findings.json
  id varchar primary key,
  was varchar[] not null,                   -- older ids that joined it
  detector varchar not null,
  also varchar[] not null,
  title varchar not null,
  threat varchar not null,
  severity varchar not null,
  confidence double not null,
  answer varchar,
  imsi varchar,
  msisdn varchar,
  subscribers integer not null,
  gt varchar,
  host varchar,
  realm varchar,
  agent varchar,
  sources integer not null,
  first_seen timestamp not null,
  last_seen timestamp not null,
  evidence struct(input_id integer, frame bigint, message integer, row_id varchar)[] not null,
  explanation varchar not null,
  "references" varchar[] not null
);

create table not_assessed (                 -- checks that lacked an input
  detector varchar not null,
  missing varchar not null
);

create table warning (                      -- what of network.toml or its IR.21 files does not hold as written, and logs whose clocks are off
  warning varchar not null
);

create table log_clock (                    -- a log whose clock is off, as detectors took it
  input_id integer not null,
  source varchar not null,                  -- sim_swap or dfs_event
  seconds bigint not null,                  -- to add to its times
  pairs bigint not null,                    -- of events in both, that tell it
  against varchar not null                  -- captures, or the services' log
);

create table detector (                     -- what was looked for, own detectors included, in the words of their files
  id varchar not null,
  title varchar not null,
  threat varchar not null,
  severity varchar not null,
  why varchar not null,
  benign varchar not null,
  remedy varchar not null,
  "references" varchar[] not null,
  about varchar not null                    -- what its incidents are split by: subscriber or source
);

create table rule_file (                    -- the files that decide what is found and judged, as they were
  kind varchar not null,                    -- detector, framework, measure or profile
  file varchar not null,                    -- its base name
  sha256 varchar not null                   -- hex, over the file's bytes
);

create table framework (                    -- a set of requirements that the audit was held to
  place integer not null,                   -- in the report
  id varchar not null,
  title varchar not null,
  publisher varchar not null,
  source varchar not null,
  date varchar not null
);

create table control (                      -- a requirement, in the words of its file, and its verdict
  framework varchar not null,
  place integer not null,                   -- in its framework
  id varchar not null,
  chapter varchar not null,
  title varchar not null,
  requirement varchar not null,
  source varchar not null,
  binds varchar[] not null,                 -- regulator, operator, dfs_provider, agent, vendor, third_party; whom it binds first of all
  mode varchar not null,                    -- data, mixed, attest
  test varchar not null,
  question varchar,
  verdict varchar not null,                 -- met, departed_from, partly, attested, not_assessed, not_applicable
  breach boolean not null,                  -- the active profile makes it a rule: which
  rule varchar,
  reason varchar not null,
  details varchar[] not null,               -- each reason by itself, where there are several
  missing varchar[] not null,
  measures varchar[] not null,
  detectors varchar[] not null,
  takes varchar[] not null,                 -- controls whose verdicts it takes
  attestation struct(answer varchar, name varchar, date varchar, reference varchar)
);

create table measure (                      -- a figure that requirements stand on
  id varchar not null,
  point varchar,                            -- where captures were taken, of what crosses interconnect
  numerator bigint,
  denominator bigint,
  seen bigint,                              -- of what may not cross it: how much came, agreed traffic and tests left out
  value double,                             -- a share, seconds or a count, and its interval at 95 %
  low double,
  high double,
  missing varchar[]                         -- why it was not taken
);

create table audit (                        -- what the findings were made with
  tool_version varchar not null,
  operator varchar not null,                -- operator.name of network.toml
  network_sha256 varchar not null,
  made_of varchar not null,                 -- digest of inputs, network.toml, detectors and version: the same gives the same findings
  as_of timestamp,                          -- now, for the detectors
  network_path varchar                      -- where network.toml was; verify looks there
);
