-- Rows that [[accept]] or [test] speaks of are kept at severity info, with the reason (table accepted).
-- What an entry leaves out matches everything; an operation or command must be that of all requests in the evidence.

create or replace temp macro begins_as_told(value, prefix) as prefix is null or coalesce(starts_with(value, prefix), false);

create or replace temp macro is_as_told(value, expected) as expected is null or coalesce(value = expected, false);

create or replace temp macro in_domain(name, domain) as
  domain is null or coalesce(lower(name) = domain or ends_with(lower(name), '.' || domain), false);

create or replace temp table accepted_row as
with piece as (
  select number, unnest(evidence) as part from fired_row
),
asked as (
  select number, 'map' as kind, opcode::integer as code
  from piece join map_component on part.kind = 'map' and map_component.id = part.id
  where component_type = 161
  union
  select number, 'diameter', command_code
  from piece join diameter_message on part.kind = 'diameter' and diameter_message.id = part.id
  where is_request
),
code as (
  select
    number, list(code) filter (where kind = 'map') as operations, list(code) filter (where kind = 'diameter') as commands
  from asked
  group by number
)
select number, arg_min(note, place) as note
from fired_row
left join code using (number)
join accepted
  on is_as_told(fired_row.detector, accepted.detector)
  and (operation is null or coalesce(operations = [operation] and commands is null, false))
  and (command is null or coalesce(commands = [command] and operations is null, false))
  and begins_as_told(gt, global_title) and in_domain(fired_row.realm, accepted.realm)
  and is_as_told(lower(fired_row.host), accepted.host) and is_as_told(fired_row.agent, accepted.agent)
  and begins_as_told(fired_row.imsi, accepted.imsi) and begins_as_told(fired_row.msisdn, accepted.msisdn)
group by number;

update fired_row
set severity = 'info', rank = 1, explanation = explanation || '; ' || note
from accepted_row
where accepted_row.number = fired_row.number;
