-- The rows that the forest finds odd, with their rarest requests as evidence.
create or replace temp table odd_found as
with rare as (
  select
    number, arg_max(operation, (sequence_rarity, operation)) as rarest,
    list({'kind': piece.kind, 'id': piece.id} order by sequence_rarity desc, seen_at, id)[:20] as evidence
  from odd_row join feature using (number) join expected using (kind, entity, stretch)
  group by number
)
select
  number, kind, entity, feature.first_seen, feature.last_seen, feature.from_outside, feature.caller, feature.answered, rarest, requests, evidence,
  distance, different, differences
from odd_row join feature using (number) join rare using (number);
