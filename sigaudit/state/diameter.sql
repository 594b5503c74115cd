-- Diameter requests, each once, with the answer: same hop-by-hop and end-to-end identifiers on the way back (RFC 6733 3).

create or replace temp table diameter_copy as
select id
from diameter_message
qualify seen_at - lag(seen_at) over (partition by digest order by seen_at, id) <= interval 50 milliseconds;

create or replace temp table diameter_answer as
with asked as (
  select
    message.id, hop_by_hop, end_to_end, source_address, destination_address, seen_at
  from diameter_message message
  anti join diameter_copy using (id)
  where is_request
),
reply as (
  select
    hop_by_hop, end_to_end, source_address, destination_address, seen_at, min(id) as id,
    arg_min(coalesce(result_code, experimental_result_code), id) as result
  from diameter_message
  where not is_request
  group by all
),
paired as (
  select asked.*, reply.id as reply_id, reply.seen_at as replied_at, reply.result
  from asked
  asof left join reply
    on asked.hop_by_hop = reply.hop_by_hop and asked.end_to_end = reply.end_to_end
    and asked.source_address = reply.destination_address and asked.destination_address = reply.source_address
    and asked.seen_at <= reply.seen_at
)
select
  paired.id,
  case when in_time(seen_at, replied_at) then reply_id end as answer_id,
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
    coalesce(asked.msisdn, reply.msisdn) as msisdn,
    reply.result_code as result_code,
    reply.experimental_result_code as experimental_result_code,
    reply.location_returned as location_returned
  ),
  answer.answer,                            -- answered, refused, no_answer, unknown
  reply.seen_at as answered_at,
  coalesce(reply.experimental_result_code, reply.result_code)::varchar as error,
  entrance.point as capture_point,
  coalesce(caller.owner, nobody()) as caller,
  coalesce(imsi_owner.owner, msisdn_owner.owner, nobody()) as subscriber,
  coalesce(visited.owner, nobody()) as visited,
  coalesce(entrance.from_outside, case when asked.origin_realm is not null then caller.owner.party <> 'home' end)
    as from_outside,                        -- NULL: nothing tells
  list_filter([evidence_of('diameter', asked.id), evidence_of('diameter', reply.id)], lambda piece: piece.id is not null)
    as evidence
from diameter_message asked
join diameter_answer answer using (id)
left join diameter_message reply on reply.id = answer.answer_id
left join entrance
  on entrance.input_id = asked.input_id and entrance.opc is null and entrance.network_indicator is null
  and entrance.source_address is not distinct from asked.source_address
left join realm_owner caller on caller.realm = asked.origin_realm
left join imsi_owner on imsi_owner.prefix = left(asked.imsi, 6)
left join imsi_owner visited on visited.prefix = left(asked.visited_plmn, 6)
left join msisdn_owner on msisdn_owner.prefix = left(coalesce(asked.msisdn, reply.msisdn), msisdn_digits());
