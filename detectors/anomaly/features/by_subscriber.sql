-- A row a subscriber and day. Every feature grows with how odd the row is; those called one_in are N of "1 in N".
create or replace temp table feature as
with between_updates as (
  select entity, stretch, max(questions) as questions
  from (select entity, stretch, update, count(*) as questions from asked where asks_state group by all)
  group by all
),
place as (
  select
    imsi as entity, time_bucket(interval 1 day, since) as stretch, visited.country as country, lag(visited.country) over by_time as left_country,
    epoch(since - lag(since) over by_time) / 3600 as hours
  from registered
  where certain and visited.party <> 'hub'
  window by_time as (partition by imsi order by since, id)
),
travel as (
  select entity, stretch, max(kilometres / greatest(hours, 0.1)) as speed
  from place join country_distance on one = left_country and other = country
  group by all
)
select
  row_number() over (order by kind, entity, stretch) as number,
  kind, entity, stretch, min(seen_at) as first_seen, max(seen_at) as last_seen, bool_and(coalesce(from_outside, false)) as from_outside,
  min(caller) as caller, bool_or(answer in ('answered', 'unknown')) as answered,
  count(*) as requests,
  one_in(max(question_rarity)) as rarest_question_one_in,
  one_in(sum(question_rarity) / count(*)) as questions_one_in,
  one_in(max(sequence_rarity)) as rarest_sequence_one_in,
  one_in(sum(sequence_rarity) / count(*)) as sequences_one_in,
  beyond(refused, refused_share) as refused_beyond_usual,
  coalesce(any_value(questions), 0) as psi_between_updates,
  greatest(0, coalesce(any_value(speed), 0) - 1000) as kilometres_an_hour_beyond_a_jet
from expected left join between_updates using (entity, stretch) left join travel using (entity, stretch)
group by kind, entity, stretch;
