"""Columns as Arrow: a table's batch handed to whoever reads the Arrow C stream interface."""

from collections.abc import Iterator
from typing import Any

import nanoarrow
import numpy as np
from nanoarrow.c_array_stream import CArrayStream
from numpy.typing import NDArray

from dissectors.columns import Table

UNSIGNED = {"otid", "dtid", "digest"}  # of 64 bits
TIMES = {"seen_at"}


class Batch:
    """The closed rows of a table; columns in which nothing is set are left out.

    Numbers are int64 (uint64, or timestamps in microseconds), texts are UTF-8. The arrays are the
    table's own: clear it before it goes on.
    """

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self.first_id = table.first_id
        self.names: list[str] = []
        self._types: dict[str, Any] = {}
        self._columns: list[Any] = []
        for name, kind, column in _columns(table):
            self.names.append(name)
            self._types[name] = kind
            self._columns.append(column)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        schema = nanoarrow.struct(self._types)
        array = nanoarrow.c_array_from_buffers(schema, self.rows, [None], children=self._columns)
        return CArrayStream.from_c_arrays([array], array.schema).__arrow_c_stream__()


def _columns(table: Table) -> Iterator[tuple[str, Any, Any]]:
    rows = table.rows
    for number, name in enumerate(table.number_names):
        present = table.number_set_array[number, :rows]
        if present.any():
            kind = _kind(name)
            values = table.numbers_array[number, :rows]
            buffers: list[Any] = [_validity(present), values]
            yield name, kind, nanoarrow.c_array_from_buffers(kind, rows, buffers)
    for number, name in enumerate(table.text_names):
        present = table.text_set_array[number, :rows]
        if present.any():
            offsets = table.offsets_array[number, : rows + 1]
            text = table.text_array[number, : max(int(offsets[-1]), 1)]
            buffers = [_validity(present), offsets, text]
            yield (
                name,
                nanoarrow.string(),
                nanoarrow.c_array_from_buffers(nanoarrow.string(), rows, buffers),
            )


def _kind(name: str) -> Any:
    if name in TIMES:
        return nanoarrow.timestamp("us")
    return nanoarrow.uint64() if name in UNSIGNED else nanoarrow.int64()


def _validity(present: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    return None if present.all() else np.packbits(present, bitorder="little")
