-- The operations of each MAP application context, of both sides (TS 29.002 17.3.2): n and v of 0.4.0.0.1.0.n.v.

create or replace temp table map_context as
from (values
  (1, 1, [2, 7, 9, 38, 50]),                  -- networkLocUp
  (1, 2, [2, 7, 38, 50, 57]),
  (1, 3, [2, 7, 38, 50, 57]),
  (2, 1, [3]),                                -- locationCancellation
  (2, 2, [3]),
  (2, 3, [3]),
  (3, 1, [4]),                                -- roamingNumberEnquiry
  (3, 2, [4]),
  (3, 3, [4]),
  (4, 3, [87]),                               -- istAlerting
  (5, 1, [22]),                               -- locationInfoRetrieval
  (5, 2, [22]),
  (5, 3, [22]),
  (6, 3, [6]),                                -- callControlTransfer
  (6, 4, [6]),
  (7, 3, [73, 74, 75]),                       -- reporting
  (8, 3, [76, 77]),                           -- callCompletion
  (9, 3, [88]),                               -- serviceTermination
  (10, 1, [37]),                              -- reset
  (10, 2, [37]),
  (10, 3, [37]),
  (11, 1, [28, 29, 33, 34, 35, 52, 69]),      -- handoverControl
  (11, 2, [29, 33, 34, 68, 69]),
  (11, 3, [29, 33, 34, 68, 69]),
  (13, 1, [43]),                              -- equipmentMngt
  (13, 2, [43]),
  (13, 3, [43]),
  (14, 1, [9]),                               -- infoRetrieval
  (14, 2, [56]),
  (14, 3, [56]),
  (15, 2, [55]),                              -- interVlrInfoRetrieval
  (15, 3, [55]),
  (16, 1, [7, 8]),                            -- subscriberDataMngt
  (16, 2, [7, 8]),
  (16, 3, [7, 8]),
  (17, 1, [50, 51]),                          -- tracing
  (17, 2, [50, 51]),
  (17, 3, [50, 51]),
  (18, 1, [10, 11, 12, 13, 14, 17, 18, 19, 54]),  -- networkFunctionalSs
  (18, 2, [10, 11, 12, 13, 14, 17, 18]),
  (19, 2, [59, 60, 61]),                      -- networkUnstructuredSs
  (20, 1, [45, 47]),                          -- shortMsgGateway
  (20, 2, [45, 47, 63]),
  (20, 3, [45, 47, 63]),
  (21, 1, [46]),                              -- shortMsg-Relay
  (21, 2, [46]),
  (21, 3, [46]),
  (22, 3, [5]),                               -- subscriberDataModificationNotification
  (23, 1, [49]),                              -- shortMsgAlert
  (23, 2, [64]),
  (24, 1, [48]),                              -- mwdMngt
  (24, 2, [66]),
  (24, 3, [66]),
  (25, 1, [46]),                              -- shortMsgMT-Relay
  (25, 2, [46]),
  (25, 3, [44]),
  (26, 2, [58]),                              -- imsiRetrieval
  (27, 2, [67]),                              -- msPurging
  (27, 3, [67]),
  (28, 3, [70]),                              -- subscriberInfoEnquiry
  (29, 3, [71]),                              -- anyTimeInfoEnquiry
  (31, 3, [39, 40, 41, 42]),                  -- groupCallControl
  (32, 3, [7, 23, 50]),                       -- gprsLocationUpdate
  (33, 3, [24]),                              -- gprsLocationInfoRetrieval
  (33, 4, [24]),
  (34, 3, [25]),                              -- failureReport
  (35, 3, [26]),                              -- gprsNotify
  (36, 3, [72]),                              -- ss-InvocationNotification
  (37, 3, [85]),                              -- locationSvcGateway
  (38, 3, [83, 86]),                          -- locationSvcEnquiry
  (39, 3, [15]),                              -- authenticationFailureReport
  (41, 3, [21]),                              -- shortMsgMT-Relay-VGCS-
  (42, 3, [89]),                              -- mm-EventReporting
  (43, 3, [62, 65]),                          -- anyTimeInfohandling
  (44, 3, [20]),                              -- resourceManagement
  (45, 3, [84]),                              -- groupCallInfoRetControl
  (46, 3, [7, 53]),                           -- vcsgLocationUpdate
  (47, 3, [36])                               -- vcsgLocationCancellation
) as listed (context, version, opcodes);

create or replace temp table map_context_operation as
select context, version, unnest(opcodes) as opcode from map_context;

-- What version 1 knows: it has no dialogue portion, so these alone come without a context.
create or replace temp table map_version_1 as
select distinct opcode from map_context_operation where version = 1;
