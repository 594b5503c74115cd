-- Whose a number is, and words that detectors share.
-- The lookup tables (gt_owner, capture_point, adjacent_point_code …) are filled from network.toml.

create or replace temp macro nobody() as {'party': 'unknown', 'operator': '', 'country': 'ZZ'};

-- Networks of network.toml are compared by name; of others only the country is known for sure.
create or replace temp macro same_network(one, other) as
  case
    when one.party in ('home', 'partner') or other.party in ('home', 'partner')
      then one.party = other.party and one.operator = other.operator
    else one.country = other.country and one.country <> 'ZZ'
  end;

create or replace temp macro unlisted(owner) as owner.party not in ('home', 'partner');

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
