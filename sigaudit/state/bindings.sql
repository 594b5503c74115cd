-- Which number belonged to which IMSI, and when. Both change: by a SIM swap, by porting, by recycling of numbers.

-- The numbers whose IMSI is looked for: those of which messages tell, or that logs give to an IMSI of which messages tell. Of logs
-- of up to a million rows all others too, so that findings name both; of larger ones that would take minutes for what nobody asks.
create or replace temp table number_asked_for as
with sim as (
  select digits(imsi) as imsi from (select distinct imsi from map_common union select distinct imsi from diameter_common)
  union select imsi from cap_component
  union select destination_reference from dialogue_portion
)
select digits(msisdn) as msisdn from (select distinct msisdn from map_common union select distinct msisdn from diameter_common)
union select msisdn from cap_component
union select msisdn from swap semi join sim on sim.imsi = swap.new_imsi
union select msisdn from swap semi join sim on sim.imsi = swap.old_imsi
union select msisdn from dfs_event semi join sim using (imsi)
union select msisdn from swap where (select count(*) from swap) <= 1000000
union select msisdn from dfs_event where (select count(*) from dfs_event) <= 1000000;

-- What was told, a row for each time. What outsiders claim about own subscribers is not believed.
create or replace temp table binding_told as
with told as (
  select msisdn, imsi, seen_at, 'map' as kind, id
  from map_request
  where imsi is not null and msisdn is not null
    and (answer = 'answered' or opcode = 7) and not (subscriber.party = 'home' and coalesce(from_outside, true))
  union all
  select msisdn, imsi, seen_at, 'diameter', id
  from diameter_request
  where imsi is not null and msisdn is not null and answer = 'answered'
  union all
  select msisdn, imsi, seen_at, 'cap', id
  from cap_request
  where imsi is not null and msisdn is not null and not coalesce(from_outside, true)
  union all
  select msisdn, imsi, occurred_at, 'dfs', id from dfs_event semi join number_asked_for using (msisdn) where imsi_check is distinct from 'mismatch'
  union all
  select msisdn, new_imsi, completed_at, 'swap', id from swap semi join number_asked_for using (msisdn) where outcome = 'completed'
  union all
  select msisdn, old_imsi, completed_at - interval 1 microsecond, 'swap', id from swap semi join number_asked_for using (msisdn) where outcome = 'completed'
)
select * from told
where msisdn is not null and imsi is not null and seen_at is not null;

-- The IMSI of a number over time: from each change on until the next. Told from seen_at to last_seen; assumed from since
-- until `until`, for the first one known holds for the time before it too, and the last one (infinity) for all time after.
create or replace temp table imsi_of_msisdn as
with changed as (
  select
    *, coalesce(imsi <> lag(imsi) over (partition by msisdn order by seen_at, imsi, kind, id), true) as begins
  from binding_told
),
numbered as (
  select *, count(*) filter (where begins) over (
    partition by msisdn order by seen_at, imsi, kind, id rows unbounded preceding
  ) as nth
  from changed
),
run as (
  select
    msisdn, imsi, nth, min(seen_at) as seen_at, max(seen_at) as last_seen,
    arg_min(evidence_of(kind, id), seen_at) as evidence, arg_max(evidence_of(kind, id), seen_at) as last_evidence
  from numbered
  group by msisdn, imsi, nth
)
select
  msisdn, imsi, if(nth = 1, '-infinity', seen_at) as since,
  lead(seen_at, 1, 'infinity') over (partition by msisdn order by nth) as until,
  seen_at, last_seen, lag(imsi) over (partition by msisdn order by nth) as previous_imsi,
  evidence, last_evidence
from run;

-- The number of an IMSI over time, likewise.
create or replace temp table msisdn_of_imsi as
with changed as (
  select
    *, coalesce(msisdn <> lag(msisdn) over (partition by imsi order by seen_at, msisdn, kind, id), true) as begins
  from binding_told
),
numbered as (
  select *, count(*) filter (where begins) over (
    partition by imsi order by seen_at, msisdn, kind, id rows unbounded preceding
  ) as nth
  from changed
),
run as (
  select
    imsi, msisdn, nth, min(seen_at) as seen_at, max(seen_at) as last_seen,
    arg_min(evidence_of(kind, id), seen_at) as evidence, arg_max(evidence_of(kind, id), seen_at) as last_evidence
  from numbered
  group by imsi, msisdn, nth
)
select
  imsi, msisdn, if(nth = 1, '-infinity', seen_at) as since,
  lead(seen_at, 1, 'infinity') over (partition by imsi order by nth) as until,
  seen_at, last_seen, lag(msisdn) over (partition by imsi order by nth) as previous_msisdn,
  evidence, last_evidence
from run;
