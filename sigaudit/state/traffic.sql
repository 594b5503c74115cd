-- Whose a number is, and words that detectors share.
-- The lookup tables (gt_owner, capture_point, adjacent_point_code …) are filled from network.toml.

create or replace temp macro nobody() as {'party': 'unknown', 'operator': '', 'country': 'ZZ'};

-- Networks of network.toml are compared by name; of others only the country is known for sure.
-- A hub counts as each network that it may speak for.
create or replace temp macro same_network(one, other) as
  case
    when speaks_for(one, other) or speaks_for(other, one) then true
    when one.party in ('home', 'partner', 'hub') or other.party in ('home', 'partner', 'hub')
      then one.party = other.party and one.operator = other.operator
    else one.country = other.country and one.country <> 'ZZ'
  end;

create or replace temp macro unlisted(owner) as owner.party not in ('home', 'partner', 'hub');

-- In words; also what to compare networks by in an ASOF join, which does not match structs.
create or replace temp macro called(owner) as
  case
    when owner.party = 'home' then 'the home network'
    when owner.operator <> '' then owner.operator || ' (' || owner.country || ')'
    when owner.country <> 'ZZ' then 'an unlisted network in ' || owner.country
    else 'an unknown network'
  end;

create or replace temp macro sender_called(address, owner) as coalesce(address, 'no address') || ', ' || called(owner);

create or replace temp macro outcome_called(answer, error) as
  case answer
    when 'answered' then 'it was answered'
    when 'refused' then 'it was refused' || coalesce(' (' || error || ')', '')
    when 'no_answer' then 'no answer came'
    else 'the capture cannot show an answer'
  end;

-- An attempt that came to nothing counts less; an answer that cannot be seen may have been given.
create or replace temp macro severity_of(answer, capture_point, answered) as
  case
    when answer = 'refused' then 'low'
    when answer = 'no_answer' and capture_point = 'outside' then 'low'
    when answer = 'no_answer' then 'medium'
    else answered
  end;

create or replace temp macro evidence_of(kind, id) as {'kind': kind, 'id': id::bigint};

-- The request and its answer, if there is one.
create or replace temp macro evidence_of_both(kind, id, answer_id) as
  if(answer_id is null, [evidence_of(kind, id)], [evidence_of(kind, id), evidence_of(kind, answer_id)]);

-- Whose a number in a message is, E.164 in international form; whose an SCCP title is; whose a PLMN or the beginning of an IMSI.
create or replace temp macro owner_of_title(title, title_plan, title_nature) as coalesce((
  select owner from gt_owner
  where gt_owner.digits = title and gt_owner.plan = coalesce(title_plan, 0) and gt_owner.nature = coalesce(title_nature, 0)
), nobody());
create or replace temp macro owner_of_number(number) as owner_of_title(number, 1, 0);
create or replace temp macro owner_of_plmn(plmn) as coalesce((select owner from imsi_owner where prefix = left(plmn, 6)), nobody());

-- Of a group: the value that all have who have one, NULL where they differ.
create or replace temp macro the_only(value) as case when count(distinct value) = 1 then min(value) end;

-- The owners of all that was met, by the number that stands for each.
create or replace temp table owner_met as
select distinct owner_number, owner
from (
  select owner_number, owner from gt_owner
  union all select owner_number, owner from gt_hub
  union all select owner_number, owner from imsi_owner
  union all select owner_number, owner from msisdn_owner
  union all select owner_number, owner from realm_owner
  union all select owner_number, owner from realm_hub
  union all select owner_number, owner from host_hub
);
-- One row a number: where a detector does not ask whose something is, the join with it is left out.
create or replace temp view known_owner as
select owner_number, any_value(owner) as owner from owner_met group by owner_number;
