-- The rows of table feature in a fixed order, each with the rank of the gravest that a rule found of it:
-- about the same source or subscriber at that time, or on the same requests. 0: nothing.

create or replace temp table judged as
with numbered as (
  select row_number() over (order by kind, entity, first_seen) as number, * from feature
),
rule as (
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
by_name as (
  select number, max(named.rank) as rank
  from numbered join named using (kind, entity)
  where named.first_seen <= numbered.last_seen and named.last_seen >= numbered.first_seen
  group by number
),
by_evidence as (
  select number, max(rule_piece.rank) as rank
  from (select number, unnest(evidence) as piece from numbered)
  join (select unnest(evidence) as piece, rank from rule) rule_piece using (piece)
  group by number
)
select numbered.*, greatest(coalesce(by_name.rank, 0), coalesce(by_evidence.rank, 0)) as rank
from numbered left join by_name using (number) left join by_evidence using (number);
