/*
id = "SMS-02"
title = "Home router whose identities can be foretold"
threat = "information-gathering"
severity = "low"
confidence = 0.8
why = """
The identity that a home router makes for a message must be new and random. One that stays the same, or counts on, lets an outsider
tell the subscriber again, or deliver without asking."""
benign = "None."
remedy = "Let the home router draw a random identity for each question, and forget it after minutes."
references = ["FGT5019.005", "MOT5019.303"]
needs = ["map_component", "sms.home_routers"]
split_by = "source"

[defaults]
times = 3                   # the same identity for one number
over_minutes = 60           # from the first to the last of them, at least
in_a_row = 10               # identities that are equally far apart
*/
with told as (
  select request.id, request.seen_at, request.msisdn, reply.imsi as identity, reply.network_node_number as router, request.evidence
  from map_request request
  join map_component reply on reply.id = request.answer_id
  where request.opcode = 45 and from_outside and answer = 'answered' and subscriber.party = 'home'
    and begins_with_any(reply.network_node_number, home_routers()) and reply.imsi is not null
),
same as (
  select
    router, min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as answers, list(evidence[1] order by seen_at, id)[:100] as evidence,
    'the same identity for one number' as how
  from told
  group by router, msisdn, identity
  having answers >= $times and last_seen >= first_seen + to_minutes($over_minutes)
),
stepped as (
  select *, try_cast(identity as bigint) - lag(try_cast(identity as bigint)) over (partition by router order by seen_at, id) as step
  from told
),
counted as (
  select *, count(*) filter (where step is distinct from earlier) over (partition by router order by seen_at, id rows unbounded preceding) as nth
  from (select *, lag(step) over (partition by router order by seen_at, id) as earlier from stepped)
),
sequence as (
  select
    router, min(seen_at) as first_seen, max(seen_at) as last_seen, count(*) as answers, list(evidence[1] order by seen_at, id)[:100] as evidence,
    'identities ' || any_value(step) || ' apart, one after the other,' as how
  from counted
  where step <> 0
  group by router, nth
  having answers >= $in_a_row
)
select
  first_seen, last_seen, null as imsi, null as msisdn, router as gt, null as host, null as realm, null as agent,
  'answered' as answer, null as severity, null as confidence, evidence,
  'Home router ' || router || ' told ' || how || ' in ' || answers || ' answers to sendRoutingInfoForSM within '
    || date_diff('minute', first_seen, last_seen) || ' minutes' as explanation
from (from same union all from sequence)
