-- The rows that the forest finds odd, with the change and its uses as evidence.
create or replace temp table odd_found as
select
  number, 'swap' as kind, msisdn as entity, completed_at as first_seen, last_use_at as last_seen, null as from_outside, null as caller, used as answered,
  called || follow as rarest, len(use_evidence) as requests, [evidence_of('swap', id)] || use_evidence as evidence, distance, different, differences
from odd_row join followed_change on id = number;
