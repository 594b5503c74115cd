-- The rank of the gravest that a rule found of each row of table feature: about the same source or subscriber at that time,
-- or on the same requests. Rows of which no rule found anything are not in it.
create or replace temp table told as
with rule as (
  select
    fired.*, list_position(['info', 'low', 'medium', 'high', 'critical'], coalesce(fired.severity, header.severity)) as rank
  from fired join detector_header header using (detector)
),
named as (
  select 'gt' as kind, gt as entity, first_seen, last_seen, rank from rule
  union all select 'host', lower(host), first_seen, last_seen, rank from rule
  union all select 'imsi', imsi, first_seen, last_seen, rank from rule
  union all
  select 'imsi', known.imsi, rule.first_seen, rule.last_seen, rule.rank
  from rule asof join imsi_of_msisdn known on known.msisdn = rule.msisdn and rule.first_seen >= known.since
  where rule.imsi is null
),
rule_piece as (select distinct on (piece) unnest(evidence) as piece, rank from rule order by piece, rank desc)
select number, max(rank) as rank
from (
  select number, named.rank
  from feature join named using (kind, entity)
  where named.first_seen <= feature.last_seen and named.last_seen >= feature.first_seen
  union all
  select feature.number, max(rule_piece.rank) as rank
  from asked join rule_piece using (piece) join feature using (kind, entity, stretch)
  group by feature.number
)
group by number;
