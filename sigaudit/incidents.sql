-- From what detectors returned (table fired) to incidents: one detector, one subject, each piece of evidence
-- within 24 hours of the one before (docs/writing-detectors.md).

-- A row's subscriber by both of his numbers where the database knows them; then whom or what it is about.
create or replace temp table fired_row as
with known as (
  select
    fired.* replace (
      coalesce(fired.imsi, by_number.imsi) as imsi,
      coalesce(fired.msisdn, by_imsi.msisdn) as msisdn
    )
  from fired
  asof left join imsi_of_msisdn by_number
    on by_number.msisdn = fired.msisdn and fired.first_seen >= by_number.since
  asof left join msisdn_of_imsi by_imsi
    on by_imsi.imsi = fired.imsi and fired.first_seen >= by_imsi.since
),
about as (
  select
    known.* replace (coalesce(known.severity, header.severity) as severity, coalesce(known.confidence, header.confidence) as confidence),
    header.split_by,
    coalesce('imsi ' || imsi, 'msisdn ' || msisdn) as subscriber,
    coalesce('gt ' || gt, 'host ' || host, 'realm ' || realm, 'agent ' || agent) as source,
    case split_by
      when 'subscriber' then coalesce(subscriber, source, 'unknown')
      else coalesce(source, subscriber, 'unknown')
    end as subject
  from known join detector_header header using (detector)
),
spaced as (
  select
    *,
    first_seen > max(last_seen) over (
      partition by detector, subject order by first_seen, last_seen
      rows between unbounded preceding and 1 preceding
    ) + interval 24 hours as begins
  from about
),
numbered as (
  select
    *, count(*) filter (where begins) over (
      partition by detector, subject order by first_seen, last_seen rows unbounded preceding
    ) as nth
  from spaced
)
select
  *, row_number() over () as number, dense_rank() over (order by detector, subject, nth) as incident,
  list_position(['info', 'low', 'medium', 'high', 'critical'], severity) as rank
from numbered;

-- The frames and rows behind each incident.
create or replace temp table incident_evidence as
with piece as (
  select distinct incident, subject, part.kind as kind, part.id as id
  from (select incident, subject, unnest(evidence) as part from fired_row)
),
placed as (
  select piece.*, input_id, frame, message, null as row_id, seen_at, digest::varchar as content
  from piece join map_component using (id) where kind = 'map'
  union all
  select piece.*, input_id, frame, message, null, seen_at, digest::varchar
  from piece join diameter_message using (id) where kind = 'diameter'
  union all
  select piece.*, (id >> 40)::integer, frame, message, null, seen_at, digest::varchar
  from piece join cap_component using (id) where kind = 'cap'
  union all
  select piece.*, input_id, frame, message, null, seen_at, array_to_string(reasons, ', ')
  from piece join unread_message using (id) where kind = 'frame'
  union all
  select piece.*, input_id, null, null, swap_id, coalesce(completed_at, requested_at), swap_id
  from piece join swap using (id) where kind = 'swap'
  union all
  select piece.*, input_id, null, null, event_id, occurred_at, event_id
  from piece join dfs_event using (id) where kind = 'dfs'
)
select distinct incident, subject, input_id, name, frame, message, row_id, seen_at, content
from placed join input using (input_id);

-- Incidents of several detectors that share a subject and a piece of evidence, to be told as one.
create or replace temp table incident_overlap as
select list_sort(list(distinct incident)) as incidents
from incident_evidence
group by subject, input_id, frame, message, row_id
having count(distinct incident) > 1;
