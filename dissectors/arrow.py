"""Columns as Arrow: a table's batch handed to whoever reads the Arrow C stream interface."""

from collections.abc import Iterator
from typing import Any

import nanoarrow
import numpy as np
from nanoarrow.c_array_stream import CArrayStream
from numpy.typing import NDArray

from dissectors.columns import Table
from dissectors.fields import width_of

KINDS = {
    "uint8": nanoarrow.uint8(),
    "uint16": nanoarrow.uint16(),
    "uint32": nanoarrow.uint32(),
    "uint64": nanoarrow.uint64(),
    "int16": nanoarrow.int16(),
    "int32": nanoarrow.int32(),
    "int64": nanoarrow.int64(),
}
TIME = nanoarrow.timestamp("us")
TEXT = nanoarrow.string()


class Batch:
    """The closed rows of a table; columns in which nothing is set are left out.

    Numbers are of the widths that dissectors.fields gives them, times are timestamps in
    microseconds, texts UTF-8. The arrays are the table's own: clear it before it goes on, and
    release the batch when it has been read.
    """

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self._table = table
        self._arrays = table.arrays()
        self.names: list[str] = []
        self._types: dict[str, Any] = {}
        self._columns: list[Any] = []
        for name, kind, column in _columns(table):
            self.names.append(name)
            self._types[name] = kind
            self._columns.append(column)

    def release(self) -> None:
        """Give the memory back to the table."""
        self._columns.clear()
        self._table.give_back(self._arrays, self.rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        schema = nanoarrow.struct(self._types)
        array = nanoarrow.c_array_from_buffers(schema, self.rows, [None], children=self._columns)
        return CArrayStream.from_c_arrays([array], array.schema).__arrow_c_stream__()


def _columns(table: Table) -> Iterator[tuple[str, Any, Any]]:
    rows = table.rows
    if table.has_ids:
        ids = np.arange(table.first_id, table.first_id + rows, dtype=np.int64)
        yield "id", KINDS["int64"], _array(KINDS["int64"], rows, [None, ids])
    for number, name in enumerate(table.number_names):
        present = table.number_set_array[number, :rows]
        if present.any():
            width = width_of(name)
            values = table.numbers_array[number, :rows].astype(width)
            kind = TIME if name == "seen_at" else KINDS[width]
            yield name, kind, _array(kind, rows, [_validity(present), values])
    for number, name in enumerate(table.text_names):
        present = table.text_set_array[number, :rows]
        if present.any():
            offsets = table.offsets_array[number, : rows + 1]
            text = table.text_array[number, : max(int(offsets[-1]), 1)]
            yield name, TEXT, _array(TEXT, rows, [_validity(present), offsets, text])


def _array(kind: Any, rows: int, buffers: list[NDArray[Any] | None]) -> Any:
    return nanoarrow.c_array_from_buffers(kind, rows, buffers)


def _validity(present: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    return None if present.all() else np.packbits(present, bitorder="little")
