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
with sent as (                              -- counted first, so that little is joined
  select calling_id, path_id, opcode, count(*) as requests from map_common where component_type = 161 group by all
),
route as (                                  -- ordinary: what a border does not refuse whoever it is about
  select
    whose.owner.operator as operator, path.opc, sum(requests) as requests,
    coalesce(sum(requests) filter (where coalesce(category not in ('1', '2'), true)), 0) as ordinary
  from sent
  join path on path.id = sent.path_id
  join entrance
    on entrance.input_id = sent.path_id >> 40 and entrance.opc = path.opc
    and entrance.network_indicator is not distinct from path.network_indicator
    and entrance.source_address is not distinct from path.source_address
  join sccp_address address on address.id = calling_id
  join gt_owner whose
    on whose.digits = address.gt and whose.plan = coalesce(address.plan, 0) and whose.nature = coalesce(address.nature, 0)
  left join map_category using (opcode)
  where entrance.from_outside and whose.owner.party = 'partner'
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
where category in ('1', '2') and caller.party = 'partner' and screened and route.ordinary = 0 and usual.requests >= $usual_at_least
