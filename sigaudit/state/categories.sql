-- What an operation is for, to screen by: its public category, the subsystems that normally send and receive it
-- (TS 23.003 8.2: 6 HLR, 7 VLR, 8 MSC, 9 EIR, 145 GMLC, 147 gsmSCF, 149 SGSN, 150 GGSN), its application contexts
-- (n of 0.4.0.0.1.0.n.v, TS 29.002 17.3.2; empty: version 1 has none).
-- Categories are FS.11's as publicly described: 1 never between networks, 2 only from the network of the subscriber,
-- 3 only from where he roams, SMS: of a short message. A category is NULL where no public source tells.

create or replace temp table map_category as
from (values
  (2, '3', [7], [6], [1]),                  -- updateLocation
  (3, '2', [6], [7, 149], [2]),             -- cancelLocation
  (4, '2', [6], [7], [3]),                  -- provideRoamingNumber
  (5, '1', [6], [147], [22]),               -- noteSubscriberDataModified
  (7, '2', [6], [7, 149], [1, 16, 32]),     -- insertSubscriberData
  (8, '2', [6], [7, 149], [1, 16, 32]),     -- deleteSubscriberData
  (9, '1', [7], [6, 7], []),                -- sendParameters
  (10, '3', [7], [6], [18]),                -- registerSS
  (11, '3', [7], [6], [18]),                -- eraseSS
  (12, '3', [7], [6], [18]),                -- activateSS
  (13, '3', [7], [6], [18]),                -- deactivateSS
  (14, '3', [7], [6], [18]),                -- interrogateSS
  (15, '3', [7, 149], [6], [39]),           -- authenticationFailureReport
  (17, '3', [7], [6], [18]),                -- registerPassword
  (18, '2', [6], [7], [18]),                -- getPassword
  (22, '1', [8], [6], [5]),                 -- sendRoutingInfo
  (23, '3', [149], [6], [32]),              -- updateGprsLocation
  (24, '1', [150], [6], [33]),              -- sendRoutingInfoForGprs
  (25, '1', [150], [6], [34]),              -- failureReport
  (26, '1', [6], [150], [35]),              -- noteMsPresentForGprs
  (37, '2', [6], [7, 149], [10]),           -- reset
  (38, '2', [6], [7], [1]),                 -- forwardCheckSS-Indication
  (39, '1', [8], [8], [31]),                -- prepareGroupCall
  (40, '1', [8], [8], [31]),                -- sendGroupCallEndSignal
  (41, '1', [8], [8], [31]),                -- processGroupCallSignalling
  (42, '1', [8], [8], [31]),                -- forwardGroupCallSignalling
  (43, '1', [8, 149], [9], [13]),           -- checkIMEI
  (44, 'SMS', [8], [8, 149], [25]),         -- mt-forwardSM
  (45, 'SMS', [8], [6], [20]),              -- sendRoutingInfoForSM
  (46, 'SMS', [8, 149], [8], [21, 25]),     -- mo-forwardSM; of versions 1 and 2 both ways. Category 3 too where it comes from the subscriber
  (47, 'SMS', [8], [6], [20]),              -- reportSM-DeliveryStatus
  (48, 'SMS', [7], [6], []),                -- noteSubscriberPresent
  (49, 'SMS', [6], [8], []),                -- alertServiceCentreWithoutResult
  (50, '1', [6], [7, 149], [17]),           -- activateTraceMode
  (51, '1', [6], [7, 149], [17]),           -- deactivateTraceMode
  (52, '1', [8], [8], [11]),                -- traceSubscriberActivity
  (55, '1', [7], [7], [15]),                -- sendIdentification
  (56, '3', [7, 149], [6], [14]),           -- sendAuthenticationInfo
  (57, '3', [7], [6], [1]),                 -- restoreData
  (58, '1', [7], [6], [26]),                -- sendIMSI
  (59, '3', [7], [6], [19]),                -- processUnstructuredSS-Request
  (60, '2', [6], [7], [19]),                -- unstructuredSS-Request
  (61, '2', [6], [7], [19]),                -- unstructuredSS-Notify
  (62, '1', [147], [6], [43]),              -- anyTimeSubscriptionInterrogation
  (63, 'SMS', [6], [8], [20]),              -- informServiceCentre
  (64, 'SMS', [6], [8], [23]),              -- alertServiceCentre
  (65, '1', [147], [6], [43]),              -- anyTimeModification
  (66, '3', [7, 149], [6], [24]),           -- readyForSM
  (67, '3', [7, 149], [6], [27]),           -- purgeMS
  (68, '1', [8], [8], [11]),                -- prepareHandover
  (69, '1', [8], [8], [11]),                -- prepareSubsequentHandover
  (70, '2', [6], [7, 149], [28]),           -- provideSubscriberInfo
  (71, '1', [147, 145], [6], [29]),         -- anyTimeInterrogation
  (72, '1', [8], [147], [36]),              -- ss-InvocationNotification
  (73, '1', [6], [7], [7]),                 -- setReportingState
  (74, '1', [7], [6], [7]),                 -- statusReport
  (75, '1', [6], [7], [7]),                 -- remoteUserFree
  (76, '1', [7], [6], [8]),                 -- registerCC-Entry
  (77, '1', [7], [6], [8]),                 -- eraseCC-Entry
  (83, '1', [145], [8, 149], [38]),         -- provideSubscriberLocation
  (84, '1', [8], [6], [45]),                -- sendGroupCallInfo
  (85, '1', [145], [6], [37]),              -- sendRoutingInfoForLCS
  (86, '1', [8, 149], [145], [38]),         -- subscriberLocationReport
  (87, '1', [8], [6], [4]),                 -- istAlert
  (88, '1', [6], [8], [9]),                 -- istCommand
  (89, '2', [7], [147], [42])               -- noteMM-Event
) as listed (opcode, category, from_ssn, to_ssn, contexts);

-- The same of Diameter, FS.19's as publicly described; names as in RFC 6733, TS 29.272, 29.229, 29.329, 29.338, 29.172, 29.173.
create or replace temp table diameter_category as
from (values
  (257, 0, 'Capabilities-Exchange', null, 'peer', 'peer'),
  (258, 0, 'Re-Auth', null, 'server', 'client'),
  (274, 0, 'Abort-Session', null, 'server', 'client'),
  (275, 0, 'Session-Termination', null, 'client', 'server'),
  (280, 0, 'Device-Watchdog', null, 'peer', 'peer'),
  (282, 0, 'Disconnect-Peer', null, 'peer', 'peer'),
  (316, 16777251, 'Update-Location', '3', 'MME', 'HSS'),
  (317, 16777251, 'Cancel-Location', '2', 'HSS', 'MME'),
  (318, 16777251, 'Authentication-Information', '3', 'MME', 'HSS'),
  (319, 16777251, 'Insert-Subscriber-Data', '2', 'HSS', 'MME'),
  (320, 16777251, 'Delete-Subscriber-Data', '2', 'HSS', 'MME'),
  (321, 16777251, 'Purge-UE', '3', 'MME', 'HSS'),
  (322, 16777251, 'Reset', '2', 'HSS', 'MME'),
  (323, 16777251, 'Notify', '3', 'MME', 'HSS'),
  (324, 16777252, 'ME-Identity-Check', '1', 'MME', 'EIR'),
  (300, 16777216, 'User-Authorization', '1', 'I-CSCF', 'HSS'),
  (301, 16777216, 'Server-Assignment', '1', 'S-CSCF', 'HSS'),
  (302, 16777216, 'Location-Info', '1', 'I-CSCF', 'HSS'),
  (303, 16777216, 'Multimedia-Auth', '1', 'S-CSCF', 'HSS'),
  (304, 16777216, 'Registration-Termination', '1', 'HSS', 'S-CSCF'),
  (305, 16777216, 'Push-Profile', '1', 'HSS', 'S-CSCF'),
  (306, 16777217, 'User-Data', '1', 'AS', 'HSS'),
  (307, 16777217, 'Profile-Update', '1', 'AS', 'HSS'),
  (308, 16777217, 'Subscribe-Notifications', '1', 'AS', 'HSS'),
  (309, 16777217, 'Push-Notification', '1', 'HSS', 'AS'),
  (301, 16777265, 'Server-Assignment', null, 'AAA', 'HSS'),
  (303, 16777265, 'Multimedia-Auth', null, 'AAA', 'HSS'),
  (304, 16777265, 'Registration-Termination', null, 'HSS', 'AAA'),
  (305, 16777265, 'Push-Profile', null, 'HSS', 'AAA'),
  (8388620, 16777255, 'Provide-Location', '1', 'GMLC', 'MME'),
  (8388621, 16777255, 'Location-Report', '1', 'MME', 'GMLC'),
  (8388622, 16777291, 'LCS-Routing-Info', '1', 'GMLC', 'HSS'),
  (8388645, 16777313, 'MO-Forward-Short-Message', 'SMS', 'MME', 'SMSC'),
  (8388646, 16777313, 'MT-Forward-Short-Message', 'SMS', 'SMSC', 'MME'),
  (8388647, 16777312, 'Send-Routing-Info-for-SM', 'SMS', 'SMSC', 'HSS'),
  (8388648, 16777312, 'Alert-Service-Centre', 'SMS', 'HSS', 'SMSC'),
  (8388649, 16777312, 'Report-SM-Delivery-Status', 'SMS', 'SMSC', 'HSS')
) as listed (command_code, application_id, command, category, from_role, to_role);
