"""What happened in each finding: the messages and log rows behind it, in time."""

from collections import defaultdict
from typing import Any

import duckdb

from dissectors import names

MOST_EVENTS = 100  # of one finding: a flood repeats itself

PIECES = f"""
with piece as (
  select id as finding, unnest(evidence[:{MOST_EVENTS}]) as place
  from finding
)"""

MAP = f"""{PIECES}
select
  finding, input.name as file, place.frame, place.message, null as row,
  strftime(min(seen_at), '%Y-%m-%dT%H:%M:%S.%fZ') as seen_at, null as logged_at,
  any_value(coalesce(calling_gt, 'point code ' || coalesce(calling_point_code, opc))) as sender,
  any_value(coalesce(called_gt, 'point code ' || coalesce(called_point_code, dpc))) as receiver,
  list((component_type, opcode, error_code, tcap_type) order by component) as told,
  struct_pack(
    protocol := 'map', opcode := first(opcode order by component),
    application_context := any_value(application_context), map_version := any_value(map_version),
    calling_ssn := any_value(calling_ssn), called_ssn := any_value(called_ssn)
  ) as codes
from piece
join map_component as c
  on c.input_id = place.input_id and c.frame = place.frame and c.message = place.message
join input on input.input_id = place.input_id
group by all
order by all
"""

DIAMETER = f"""{PIECES}
select
  finding, input.name as file, place.frame, place.message, null as row,
  strftime(seen_at, '%Y-%m-%dT%H:%M:%S.%fZ') as seen_at, null as logged_at,
  coalesce(origin_host, origin_realm, source_address) as sender,
  coalesce(destination_host, destination_realm, destination_address) as receiver,
  (command_code, is_request, coalesce(result_code, experimental_result_code))
    as told,
  struct_pack(
    protocol := 'diameter', command_code := command_code, application_id := application_id
  ) as codes
from piece
join diameter_message as d
  on d.input_id = place.input_id and d.frame = place.frame and d.message = place.message
join input on input.input_id = place.input_id
order by all
"""

SWAP = f"""{PIECES}
select
  finding, input.name as file, null as frame, null as message, swap_id as row,
  strftime(coalesce(completed_at, requested_at), '%Y-%m-%dT%H:%M:%S.%fZ') as seen_at,
  strftime(
    coalesce(completed_at, requested_at) - to_seconds(clock.seconds), '%Y-%m-%dT%H:%M:%S.%fZ'
  ) as logged_at,
  old_imsi as sender, new_imsi as receiver, [event, outcome] as told,
  struct_pack(protocol := 'sim_swap') as codes
from piece
join swap on swap.input_id = place.input_id and swap.swap_id = place.row_id
join input on input.input_id = place.input_id
left join log_clock clock on clock.input_id = place.input_id and clock.source = 'sim_swap'
order by all
"""

DFS_EVENT = f"""{PIECES}
select
  finding, input.name as file, null as frame, null as message, event_id as row,
  strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%fZ') as seen_at,
  strftime(occurred_at - to_seconds(clock.seconds), '%Y-%m-%dT%H:%M:%S.%fZ') as logged_at,
  account_id as sender, payee as receiver,
  [event, amount::varchar, currency, provider, outcome] as told,
  struct_pack(
    protocol := 'dfs_event', event := event, amount := amount::varchar, currency := currency,
    provider := provider, outcome := outcome
  ) as codes
from piece
join dfs_event on dfs_event.input_id = place.input_id and dfs_event.event_id = place.row_id
join input on input.input_id = place.input_id
left join log_clock clock on clock.input_id = place.input_id and clock.source = 'dfs_event'
order by all
"""


def events(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """For each finding's id, its first MOST_EVENTS pieces of evidence as they happened.

    An event is {"at", "what", "from", "to", "evidence", "codes", "logged_at"}; codes are what the
    wire has, and `protocol`: map, diameter, sim_swap or dfs_event; who sent and who received are
    global titles, Diameter identities, IMSIs or accounts, null where the message does not say.
    Where a log's clock is off, `at` is by the captures' clock, and `logged_at` what the log has.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for query, what in (
        (MAP, map_message),
        (DIAMETER, diameter_message),
        (SWAP, log_row),
        (DFS_EVENT, log_row),
    ):
        for (
            finding,
            file,
            frame,
            message,
            row,
            at,
            logged_at,
            sender,
            receiver,
            told,
            codes,
        ) in connection.execute(query).fetchall():
            place = {"row": row} if frame is None else {"frame": frame, "message": message}
            found[finding].append(
                {
                    "at": at,
                    "what": what(told),
                    "from": sender,
                    "to": receiver,
                    "evidence": {"file": file, **place},
                    "codes": codes,
                    "logged_at": logged_at,
                }
            )
    for happened in found.values():
        happened.sort(key=lambda event: event["at"] or "")
    return dict(found)


def map_message(
    components: list[tuple[int | None, int | None, int | None, int | None]],
) -> str:
    """`updateLocation invoke`, `returnError unknownSubscriber`; several joined by a comma."""
    return ", ".join(map_component(*component) for component in components)


def map_component(
    component_type: int | None,
    opcode: int | None,
    error_code: int | None,
    tcap_type: int | None,
) -> str:
    if component_type is None:
        return names.TCAP_TYPES.get(tcap_type or 0, "message without component")
    told = [names.COMPONENT_TYPES.get(component_type, f"component {component_type}")]
    if opcode is not None:
        told.insert(0, names.operation(opcode) or f"operation {opcode}")
    if error_code is not None:
        told.append(names.error(error_code) or f"error {error_code}")
    return " ".join(told)


def diameter_message(told: tuple[int, bool, int | None]) -> str:
    """`Update-Location-Answer, result 2001`."""
    command_code, is_request, result = told
    name = names.diameter_command(command_code, is_request)
    text = name or f"command {command_code} {'request' if is_request else 'answer'}"
    return text if result is None else f"{text}, result {result}"


def log_row(told: list[str | None]) -> str:
    """`transfer 4800.00 GHS success`."""
    return " ".join(value for value in told if value)
