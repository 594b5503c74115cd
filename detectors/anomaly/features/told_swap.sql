-- The rank of the gravest that a rule found of each row of table feature: on the change itself, or about its number in the time in which
-- its uses are looked at. Rows of which no rule found anything are not in it.
create or replace temp table told as
with rule as (
  select
    fired.*, list_position(['info', 'low', 'medium', 'high', 'critical'], coalesce(fired.severity, header.severity)) as rank
  from fired join detector_header header using (detector)
),
piece as (select unnest(evidence) as piece, rank from rule)
select number, max(rank) as rank
from (
  select piece.id as number, rank from piece where piece.kind = 'swap'
  union all
  select change.id, rank
  from rule
  join sim_change change on change.msisdn = rule.msisdn and rule.first_seen < change.completed_at + to_hours(watched_hours())
    and rule.last_seen >= change.completed_at
)
group by number;
