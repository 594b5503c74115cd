-- Diameter requests, each once, with the answer (RFC 6733 3): same hop-by-hop and end-to-end identifiers on the way back;
-- else, for it may come by another connection or hop, the same end-to-end identifier and command from the realm that was asked.

-- As of SS7: of the same message met twice within 50 ms the one from outside is kept, else the first.
create or replace temp table diameter_copy as
with repeated as (
  select digest from diameter_common group by digest having count(*) > 1
),
spaced as (
  select
    id, digest, seen_at, path_id,
    coalesce(seen_at - lag(seen_at) over (partition by digest order by seen_at, id) > interval 50 milliseconds, true) as begins
  from diameter_common semi join repeated using (digest)
),
numbered as (
  select *, count(*) filter (where begins) over (partition by digest order by seen_at, id rows unbounded preceding) as nth
  from spaced
)
select id
from numbered
left join entrance using (path_id)
qualify row_number() over (partition by digest, nth order by coalesce(from_outside, false) desc, numbered.seen_at, id) > 1;

create or replace temp table diameter_answer as
with message as (
  select
    common.id, path_id, command_flags >= 128 as is_request, command_code, application_id, hop_by_hop, end_to_end, seen_at,
    source_address, destination_address, lower(origin_realm) as origin_realm, lower(destination_realm) as destination_realm,
    coalesce(result_code, experimental_result_code) as result
  from diameter_common common
  left join path on path.id = path_id
  left join diameter_route route on route.id = route_id
  left join diameter_rare rare on rare.id = common.id
),
asked as (
  from message anti join diameter_copy using (id) where is_request
),
on_the_way_back as (
  select
    hop_by_hop, end_to_end, source_address, destination_address, seen_at, min(id) as id, arg_min(result, id) as result
  from message
  where not is_request
  group by all
),
straight as (
  select asked.*, reply.id as reply_id, reply.result as reply_result
  from asked
  asof left join on_the_way_back reply
    on asked.hop_by_hop = reply.hop_by_hop and asked.end_to_end = reply.end_to_end
    and asked.source_address = reply.destination_address and asked.destination_address = reply.source_address
    and asked.seen_at <= reply.seen_at
  where reply.id is null or in_time(asked.seen_at, reply.seen_at)
),
anywhere as (                               -- on another connection or hop, or the answer to a retransmission
  select
    end_to_end, command_code, application_id, origin_realm, seen_at, min(id) as id, arg_min(result, id) as result
  from message
  where not is_request
  group by all
),
unanswered as (
  from asked anti join (from straight where reply_id is not null) using (id)
),
roundabout as (
  select unanswered.id, reply.id as reply_id, reply.result as reply_result
  from unanswered
  asof join anywhere reply
    on unanswered.end_to_end = reply.end_to_end and unanswered.command_code = reply.command_code
    and unanswered.application_id = reply.application_id and unanswered.destination_realm = reply.origin_realm
    and unanswered.seen_at <= reply.seen_at
  where in_time(unanswered.seen_at, reply.seen_at)
),
paired as (
  select
    asked.id, asked.path_id, asked.seen_at, asked.source_address, asked.destination_address,
    coalesce(straight.reply_id, roundabout.reply_id) as answer_id,
    coalesce(straight.reply_result, roundabout.reply_result) as result
  from asked
  left join straight using (id)
  left join roundabout using (id)
)
select
  paired.id, paired.path_id,
  answer_id,
  case
    when answer_id is not null and result // 1000 = 2 then 'answered'
    when answer_id is not null and result is not null then 'refused'
    when answer_id is null and silent(seen_at, there.watched_until, back.watched_until) then 'no_answer'
    else 'unknown'
  end as answer
from paired
left join direction there on there.sender = source_address and there.receiver = destination_address
left join direction back on back.sender = destination_address and back.receiver = source_address;

create or replace temp view diameter_request as
select
  asked.* replace (
    coalesce(asked.imsi, reply.imsi) as imsi,
    coalesce(asked.msisdn, reply.msisdn) as msisdn,
    reply.result_code as result_code,
    reply.experimental_result_code as experimental_result_code,
    reply.location_returned as location_returned
  ),
  coalesce(reply.error_reporting_host, reply.origin_host) as answered_by,
  answer.answer,                            -- answered, refused, no_answer, unknown
  reply.seen_at as answered_at,
  coalesce(reply.experimental_result_code, reply.result_code)::varchar as error,
  entrance.point as capture_point,
  coalesce(host_hub.owner, realm_hub.owner, caller.owner, nobody()) as caller,
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(visited.owner, nobody()) as visited,
  coalesce(entrance.from_outside, case when asked.origin_realm is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  coalesce(entrance.entrance, case when asked.origin_realm is not null then entrance_by_owner(caller.owner) end, 'unknown')
    as entrance,                            -- interconnect, national, internal, unknown
  command.command as operation,
  evidence_of_both('diameter', asked.id, reply.id) as evidence
from diameter_message asked
join diameter_answer answer using (id)
left join diameter_message reply on reply.id = answer.answer_id
left join entrance on entrance.path_id = answer.path_id
left join diameter_category command
  on command.command_code = asked.command_code and command.application_id = asked.application_id
left join realm_owner caller on caller.realm = asked.origin_realm
left join realm_hub on realm_hub.realm = asked.origin_realm and list_contains(realm_hub.codes, asked.command_code)
left join host_hub
  on host_hub.host = lower(asked.origin_host)
  and (len(host_hub.codes) = 0 or list_contains(host_hub.codes, asked.command_code))
left join imsi_owner on imsi_owner.prefix = left(coalesce(asked.imsi, reply.imsi), 6)
left join imsi_owner visited on visited.prefix = left(asked.visited_plmn, 6)
left join msisdn_owner on msisdn_owner.prefix = left(coalesce(asked.msisdn, reply.msisdn), msisdn_digits());
