"""A log among the inputs: its rows into the database, of one that has grown those that are new."""

import duckdb

from sigaudit import logs
from sigaudit.errors import SigauditError
from sigaudit.input_rows import Reading, add, forget_log_rows, grown
from sigaudit.inputs import NEITHER, Candidate
from sigaudit.log_growth import lines_before, shorter_self
from sigaudit.log_lines import Part
from sigaudit.network import Log


def add_log(
    connection: duckdb.DuckDBPyConnection, input_id: int, candidate: Candidate, mapping: Log | None
) -> list[str]:
    """Read a log as input `input_id`, or add to the one that it begins with; the columns that
    were passed over.

    Raises SigauditError where the file is no log, or cannot be read as a whole.
    """
    whole = Part(end=candidate.size)
    known = shorter_self(connection, candidate)
    if known is None:
        reading, unknown = _load(connection, candidate, input_id, mapping, whole)
        add(connection, input_id, candidate, reading)
        return unknown
    lines = lines_before(candidate.path, known.octets, mapping)
    if lines is not None and known.reading == (mapping and mapping.sha256):
        added = Part(known.octets, lines + 1, candidate.size)
        reading, unknown = _load(connection, candidate, known.input_id, mapping, added)
        if reading.kind == known.kind:
            grown(connection, known.input_id, candidate, reading)
            return unknown
    forget_log_rows(connection, known.input_id)
    reading, unknown = _load(connection, candidate, known.input_id, mapping, whole)
    add(connection, known.input_id, candidate, reading)
    return unknown


def _load(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    input_id: int,
    mapping: Log | None,
    part: Part,
) -> tuple[Reading, list[str]]:
    kind = logs.recognise(candidate.path, mapping)
    if kind is None:
        raise SigauditError(NEITHER)
    loaded = logs.load(connection, candidate.path, input_id, kind, mapping, part)
    reading = Reading(kind, loaded.items, loaded.first_seen, loaded.last_seen)
    reading.reading = mapping.sha256 if mapping else None
    return reading, loaded.unknown_columns
