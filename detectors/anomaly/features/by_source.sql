-- A row a title or Diameter host and hour. Every feature grows with how odd the row is; those called one_in are N of "1 in N".
create or replace temp table feature as
with hours as (
  select kind, entity, (select count(distinct stretch) from asked) / count(distinct stretch) as one_in
  from asked
  group by kind, entity
)
select
  row_number() over (order by kind, entity, stretch) as number,
  kind, entity, stretch, min(seen_at) as first_seen, max(seen_at) as last_seen, bool_and(coalesce(from_outside, false)) as from_outside,
  min(caller) as caller, bool_or(answer in ('answered', 'unknown')) as answered,
  count(*) as requests,
  any_value(hours.one_in) as active_one_in_hours,
  one_in(max(question_rarity)) as rarest_question_one_in,
  one_in(sum(question_rarity) / count(*)) as questions_one_in,
  one_in(max(sequence_rarity)) as rarest_sequence_one_in,
  one_in(sum(sequence_rarity) / count(*)) as sequences_one_in,
  count(distinct operation) as operations,
  beyond(refused, refused_share) as refused_beyond_usual,
  beyond(unanswered, unanswered_share) as unanswered_beyond_usual,
  beyond(alone, alone_share) as not_followed_up_beyond_usual,
  count(*) filter (where next_number) / (count(*) + 4) as numbers_in_a_row
from expected join hours using (kind, entity)
group by kind, entity, stretch;
