-- Every signalling message that was read, for a person: a row a component of MAP and CAP, a row a Diameter message.
-- Columns are those of the tables of schema.sql, so new ones appear here by themselves; what several protocols have
-- stands in one column. Table code_name holds the names.

create or replace temp table code_name (kind varchar, code bigint, name varchar);

create or replace temp view cap_message as
select
  cap.* exclude (path_id, called_id, calling_id, dialogue_id),
  (cap.id >> 40)::integer as input_id,
  path.* exclude (id),
  calling.gt as calling_gt, calling.plan as calling_plan, calling.nature as calling_nature,
  calling.translation_type as calling_translation_type, calling.ssn as calling_ssn,
  calling.point_code as calling_point_code, calling.indicator as calling_indicator,
  called.gt as called_gt, called.plan as called_plan, called.nature as called_nature,
  called.translation_type as called_translation_type, called.ssn as called_ssn,
  called.point_code as called_point_code, called.indicator as called_indicator,
  dialogue.* exclude (id)
from cap_component cap
left join path on path.id = path_id
left join sccp_address calling on calling.id = calling_id
left join sccp_address called on called.id = called_id
left join dialogue_portion dialogue on dialogue.id = dialogue_id;

create or replace temp view signalling as
select 'map' as protocol, * from map_component
union all by name
select 'cap' as protocol, * from cap_message
union all by name
select 'diameter' as protocol, * from diameter_message;

create or replace temp view message as
select
  input.name as file,
  row.* exclude (id, input_id, digest),
  coalesce(operation.name, opcode::varchar, command.name, command_code::varchar) as operation,
  coalesce(kind.name, component_type::varchar, type.name, tcap_type::varchar, if(is_request, 'request', 'answer')) as kind,
  coalesce(calling_gt, 'point code ' || coalesce(calling_point_code, opc), origin_host, origin_realm, source_address) as sender,
  coalesce(called_gt, 'point code ' || coalesce(called_point_code, dpc), destination_host, destination_realm, destination_address)
    as receiver,
  coalesce(
    error.name, 'error ' || error_code, 'reject ' || problem,
    'returned ' || return_cause, 'aborted ' || abort_cause,
    experimental.name, experimental_result_code::varchar, result.name, result_code::varchar
  ) as result,
  context.name as application_context_name,
  application.name as application_name,
  sms.* exclude (component_id) rename (source_port as sms_source_port, destination_port as sms_destination_port),
  told.anomalies
from signalling as row
join input on input.input_id = row.input_id
left join code_name operation on operation.kind = row.protocol || ' operation' and operation.code = opcode
left join code_name error on error.kind = row.protocol || ' error' and error.code = error_code
left join code_name command on command.kind = if(is_request, 'request', 'answer') and command.code = command_code
left join code_name kind on kind.kind = 'component' and kind.code = component_type
left join code_name type on type.kind = 'tcap' and type.code = tcap_type
left join code_name context on context.kind = 'context' and context.code = application_context
left join code_name application on application.kind = 'application' and application.code = application_id
left join code_name result on result.kind = 'result' and result.code = result_code
left join code_name experimental on experimental.kind = 'experimental' and experimental.code = experimental_result_code
left join short_message sms on sms.component_id = row.id
left join (
  select component_id, string_agg(kind, ', ' order by octet, kind) as anomalies from anomaly group by all
) told on told.component_id = row.id;
