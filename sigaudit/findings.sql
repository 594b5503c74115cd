-- From incidents to findings, a row each: finding_made has the columns of table finding, and the incidents that
-- incident_group put together under the most severe detector of them, then the smallest id.

create or replace temp table finding_leader as
with member as (
  select merged, incident, detector, max(rank) as rank
  from fired_row join incident_group using (incident)
  group by all
)
select
  merged, list(detector order by rank desc, detector)[1] as detector, max(rank) as rank,
  list_sort(list(distinct detector)) as detectors
from member
group by merged;

create or replace temp table finding_evidence as
with piece as (
  select distinct on (merged, input_id, frame, message, row_id) incident_evidence.*, merged
  from incident_evidence join incident_group using (incident)
)
select
  merged, any_value(subject) as subject, min(seen_at) as first_seen, max(seen_at) as last_seen,
  first(content order by seen_at, name, frame, message, row_id) as earliest,
  list({'input_id': input_id, 'frame': frame, 'message': message, 'row_id': row_id}
    order by seen_at, name, frame, message, row_id) as evidence
from piece
group by merged;

create or replace temp table finding_made as
with fact as (
  select
    merged,
    count(distinct subscriber) as subscribers, count(distinct source) as sources,
    the_only(imsi) as imsi, the_only(msisdn) as msisdn,
    the_only(gt) as gt, the_only(host) as host, the_only(realm) as realm, the_only(agent) as agent,
    case
      when bool_or(answer = 'answered') then 'answered'
      when bool_or(answer = 'unknown') then 'unknown'
      when bool_or(answer = 'no_answer') then 'no_answer'
      else max(answer)
    end as answer
  from fired_row join incident_group using (incident)
  group by merged
),
told as (                                   -- by the leading detector's rows
  select
    merged, max(confidence) as confidence, count(*) as rows,
    first(explanation order by fired_row.rank desc, first_seen, explanation) as explanation
  from fired_row join incident_group using (incident) join finding_leader leader using (merged, detector)
  group by merged
)
select
  merged,
  left(sha256(detector || chr(10) || subject || chr(10) || earliest), 16) as id,
  detector, list_filter(detectors, lambda other: other <> detector) as also,
  title, threat, ['info', 'low', 'medium', 'high', 'critical'][leader.rank] as severity, told.confidence, answer,
  case when subscribers = 1 then imsi end as imsi, case when subscribers = 1 then msisdn end as msisdn, subscribers,
  case when sources = 1 then gt end as gt, case when sources = 1 then host end as host,
  case when sources = 1 then realm end as realm, case when sources = 1 then agent end as agent, sources,
  first_seen, last_seen, evidence,
  explanation || case when rows > 1 then '; the gravest of ' || rows else '' end as explanation,
  "references"
from finding_leader leader
join finding_evidence using (merged)
join fact using (merged)
join told using (merged)
join detector_header using (detector);
