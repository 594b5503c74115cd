/*
id = "DIA-19"
title = "Identifiers of a Diameter message that do not fit"
threat = "evasion"
severity = "medium"
confidence = 0.7
why = """
A host gives each request its own End-to-End identifier and repeats it only in a retransmission; on a connection, what waits for an answer has its
own Hop-by-Hop identifier. The same one on another command or subscriber is a replay that was changed, or a tool that writes under the host's name. An
answer to which no request went out shows that somebody asks elsewhere in our name. A Session-Id of another host, or AVPs twice or out of place,
are read in one way by filters and in another by servers."""
benign = """
Retransmissions, by whichever relay: command and subscriber are the same. Identifiers that come round after minutes. A stack with a fault: where half of
a host's requests are written so, it is told as low, and where all are, not at all. Requests that went over a link without tap: told as not assessed where it shows."""
remedy = "Drop at the edge agent what repeats an identifier with other content and answers to no request, and ask the host's operator."
references = ["MOT3005.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
minutes = 4                 # so long an identifier must stay unique (RFC 6733 3)
answer_within_minutes = 10  # a later answer is late, not unasked
messages_at_least = 3       # of a host and application, to know its faults
faulty_share = 0.5
*/
with message as (                           -- narrow, so that little is joined
  select
    common.id, seen_at, path_id, command_code, application_id, end_to_end, hop_by_hop, imsi, command_flags >= 128 as is_request,
    lower(origin_host) as host
  from (from diameter_common anti join diameter_copy using (id)) common
  left join diameter_route route on route.id = route_id
  where application_id <> 0
),
twice as (
  select host, end_to_end from message where is_request group by all having count(*) > 1
),
again as (
  select
    id, lag(id) over same as former_id, lag(seen_at) over same as former_at, seen_at, 'End-to-End' as identifier,
    command_code, imsi, lag(command_code) over same as former_command, lag(imsi) over same as former_imsi
  from message semi join twice using (host, end_to_end)
  where is_request
  window same as (partition by host, end_to_end order by seen_at, id)
),
hop_twice as (
  select path_id, hop_by_hop from message where is_request group by all having count(*) > 1
),
waiting as (
  select
    id, lag(id) over same as former_id, lag(seen_at) over same as former_at, seen_at, 'Hop-by-Hop' as identifier,
    command_code, imsi, lag(command_code) over same as former_command, lag(imsi) over same as former_imsi
  from message semi join hop_twice using (path_id, hop_by_hop)
  where is_request
  window same as (partition by path_id, hop_by_hop order by seen_at, id)
),
changed as (
  select id, former_id, former_at, identifier, former_command, command_code = former_command as same_command
  from again
  where seen_at <= former_at + to_minutes($minutes) and (command_code <> former_command or imsi is distinct from former_imsi)
  union all
  select waiting.id, former_id, former_at, identifier, former_command, command_code = former_command
  from waiting
  join diameter_answer former on former.id = former_id
  left join (select id, seen_at from diameter_common) reply on reply.id = former.answer_id
  where waiting.seen_at <= former_at + to_minutes($minutes) and (command_code <> former_command or imsi is distinct from former_imsi)
    and former.answer in ('answered', 'refused') and reply.seen_at > waiting.seen_at
    and waiting.id not in (select id from again where former_id = waiting.former_id)
),
repeated as (
  select
    changed.former_at as first_seen, coalesce(answered_at, seen_at) as last_seen, imsi, msisdn, origin_host as host, origin_realm as realm, answer,
    severity_of(answer, capture_point, 'medium') as severity, evidence_of('diameter', former_id) as former, evidence,
    'Command ' || command_code || ' from outside, from ' || sender_called(origin_realm, caller) || ', with the ' || identifier
      || ' identifier of command ' || former_command || ' ' || date_diff('second', former_at, seen_at) || ' seconds before, '
      || case when same_command then 'for another subscriber' else 'another request' end || '; ' || outcome_called(answer, error) as explanation,
    null as missing
  from diameter_request join changed using (id)
  where from_outside
),
answer_hour as (                            -- of a link, judged once
  select
    destination_address as asker, source_address as answerer, time_bucket(interval 1 hour, seen_at) as hour, min(seen_at) as since, max(seen_at) as until
  from diameter_unasked join path on path.id = path_id
  group by all
),
answer_link as (                            -- of a day, nine in ten of the dialogues the other way have both legs: questions go where answers come
  select asker, answerer, hour, sum(both_legs) >= 0.9 * sum(dialogues) as covered
  from answer_hour
  join coverage
    on coverage.sender = asker and coverage.receiver = answerer and bucket between hour - interval 1 day and hour + interval 1 hour
  semi join watch
    on watch.sender = asker and watch.receiver = answerer and watch.since <= answer_hour.since - to_minutes($answer_within_minutes)
    and watch.until >= answer_hour.until
  group by all
),
unasked as (                                -- not the second answer to a request that was sent again
  select answer.id, answer.seen_at
  from diameter_unasked answer
  join entrance using (path_id)
  join message on message.id = answer.id
  where entrance.from_outside
    and not exists (
      from message asked
      where asked.is_request and asked.end_to_end = message.end_to_end and asked.command_code = message.command_code
        and asked.seen_at between message.seen_at - to_minutes($answer_within_minutes) and message.seen_at
    )
),
reflected as (
  select
    unasked.seen_at as first_seen, unasked.seen_at as last_seen, imsi, msisdn, origin_host as host, origin_realm as realm, 'unknown' as answer,
    'medium' as severity, null as former, [evidence_of('diameter', unasked.id)] as evidence,
    'Answer from outside, from ' || coalesce(origin_host, 'no host') || ', to command ' || command_code
      || coalesce(', result ' || coalesce(experimental_result_code, result_code), '') || ', for which no request had left the home network'
      as explanation,
    case when not coalesce(covered, false) then 'coverage' end as missing
  from unasked
  join diameter_message told on told.id = unasked.id
  left join answer_link on asker = destination_address and answerer = source_address and hour = time_bucket(interval 1 hour, unasked.seen_at)
),
written as (                                -- what decoders forgive; commands of other applications are DIA-02's
  select component_id as id, string_agg(distinct kind, ', ' order by kind) as kinds
  from anomaly
  where layer = 'diameter' and kind <> 'command that does not belong to its application'
  group by all
),
sender as (
  select host, application_id, count(*) as messages, count(kinds) as faulty
  from message
  left join written using (id)
  where is_request and host in (select host from message semi join written using (id))
  group by all
),
misread as (
  select
    seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen, imsi, msisdn, origin_host as host, origin_realm as realm, answer,
    case
      when messages >= $messages_at_least and faulty >= $faulty_share * messages then 'low'
      else severity_of(answer, capture_point, 'medium')
    end as severity,
    null as former, evidence,
    coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || sender_called(origin_realm, caller) || ': '
      || kinds || '; ' || outcome_called(answer, error) as explanation,
    null as missing
  from diameter_request
  join written using (id)
  left join sender on sender.host = lower(origin_host) and sender.application_id = diameter_request.application_id
  where from_outside and not (messages >= $messages_at_least and faulty = messages)
)
select
  first_seen, last_seen, imsi, msisdn, null as gt, host, realm, null as agent, answer, severity, null as confidence,
  if(former is null, evidence, [former] || evidence) as evidence, explanation, missing
from (from repeated union all by name from reflected union all by name from misread)
