/*
id = "SMS-01"
title = "Subscriber's IMSI or node told, past SMS home routing"
threat = "information-gathering"
severity = "high"
confidence = 0.9
why = """
With home routing, who asks where to deliver a short message is told the home router and an identity made for that message.
An answer with another node, or with the subscriber's own IMSI, tells whoever asked what he needs to follow or attack the subscriber."""
benign = "A home router that network.toml does not list."
remedy = "Have the signalling points send every sendRoutingInfoForSM from outside to the home router, however it is addressed; list all routers in sms.home_routers."
references = ["FGT5002", "MOT5019.303"]
needs = ["map_component", "sms.home_routers"]
split_by = "source"
*/
with told as (
  select
    request.*, reply.network_node_number as node, reply.imsi as told_imsi,
    not begins_with_any(reply.network_node_number, home_routers()) as node_is_told
  from map_request request
  join map_component reply on reply.id = request.answer_id
  where request.opcode = 45 and from_outside and answer = 'answered' and subscriber.party = 'home'
    and not same_network(caller, subscriber) and reply.network_node_number is not null
),
judged as (
  select told.*, coalesce(known.imsi = told_imsi and told.seen_at < known.until, false) as imsi_is_told
  from told
  asof left join imsi_of_msisdn known on known.msisdn = told.msisdn and told.seen_at >= known.since
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent, answer, null as severity, null as confidence, evidence,
  'sendRoutingInfoForSM from outside, from ' || sender_called(calling_gt, caller) || ', answered with '
    || case
      when not node_is_told then 'the subscriber''s own IMSI'
      else 'node ' || node || ', which is no home router' || if(imsi_is_told, ', and the subscriber''s own IMSI', '')
    end
    || if(called_plan = 1, '', ', called by a title of plan ' || coalesce(called_plan::varchar, 'unknown'))
    || coalesce(', in version ' || map_version, ', without application context') as explanation
from judged
where node_is_told or imsi_is_told
