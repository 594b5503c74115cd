/*
id = "MAP-ORG-03"
title = "Screened request of a partner by a route that it never takes"
threat = "spoofing"
severity = "medium"
confidence = 0.4
why = """
A network's traffic enters by the same carriers day by day. A request that a border refuses, under a partner's title, by a point code that carries nothing
else of that partner, was probably sent by somebody else."""
benign = "A carrier that reroutes or fails over: then ordinary traffic of the partner changes with it, and nothing is told."
remedy = "Accept a partner's titles only from the carriers that serve it."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
usual_at_least = 20         # requests of the partner by its usual point code
*/
with route as (
  select caller.operator as operator, opc, count(*) as requests, count(*) filter (where not screened) as ordinary
  from border_request
  where caller.party = 'partner' and opc is not null
  group by all
),
usual as (
  select operator, max(requests) as requests, arg_max(opc, requests) as opc from route where ordinary > 0 group by operator
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity, null as confidence, evidence,
  trick_called(
    request.operation, opcode, calling_gt, caller,
    'by point code ' || request.opc || ', which carries nothing else of it, while ' || usual.requests || ' requests came by ' || usual.opc,
    answer, reason
  ) as explanation
from border_request request
join route on route.operator = request.caller.operator and route.opc = request.opc
join usual on usual.operator = request.caller.operator
where caller.party = 'partner' and screened and route.ordinary = 0 and usual.requests >= $usual_at_least
