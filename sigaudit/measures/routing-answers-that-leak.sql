/*
id = "routing-answers-that-leak"
title = "Answers to sendRoutingInfoForSM that tell the subscriber's IMSI or node"
numerator = "with a node that is no home router, or with the IMSI that the number is known to have"
denominator = "answers to other networks about own subscribers"
by = "capture"
needs = ["map_component"]
*/
with told as (
  select request.msisdn, request.seen_at, reply.network_node_number as node, reply.imsi as told_imsi
  from map_request request
  join map_component reply on reply.id = request.answer_id
  where request.opcode = 45 and from_outside and answer = 'answered' and subscriber.party = 'home'
    and not same_network(caller, subscriber) and not is_test_sim(request.imsi, request.msisdn)
    and reply.network_node_number is not null
),
judged as (
  select
    not begins_with_any(node, home_routers()) or coalesce(known.imsi = told_imsi and told.seen_at < known.until, false) as leaks
  from told
  asof left join imsi_of_msisdn known on known.msisdn = told.msisdn and told.seen_at >= known.since
)
select count(*) filter (leaks) as numerator, count(*) as denominator
from judged
