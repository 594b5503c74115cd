"""Columns as Arrow: a table's batch handed to whoever reads the Arrow C stream interface."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import nanoarrow
import numpy as np
from nanoarrow.c_array_stream import CArrayStream
from numpy.typing import NDArray

from dissectors.columns import Table
from dissectors.fields import TIMES, width_of

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


class Rows:
    """Rows as whoever reads the Arrow C stream interface takes them: names, types, columns."""

    def __init__(self, count: int, columns: Iterable[tuple[str, Any, Any]]) -> None:
        self.rows = count
        self._types: dict[str, Any] = {}
        self._columns: list[Any] = []
        for name, kind, column in columns:
            self._types[name] = kind
            self._columns.append(column)

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return list(self._types)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        schema = nanoarrow.struct(self._types)
        array = nanoarrow.c_array_from_buffers(schema, self.rows, [None], children=self._columns)
        return CArrayStream.from_c_arrays([array], array.schema).__arrow_c_stream__()


class Batch(Rows):
    """The closed rows of a table; columns in which nothing is set are left out.

    Numbers are of the widths that dissectors.fields gives them, times are timestamps in
    microseconds, texts UTF-8. The arrays are the table's own: clear it before it goes on, and
    release the batch when it has been read.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._arrays = table.arrays()
        self._first_id = table.first_id
        numbers, texts = range(len(table.number_names)), range(len(table.text_names))
        super().__init__(table.rows, self._chosen(numbers, texts, slice(0, table.rows)))

    def where_set(self, wanted: Collection[str]) -> Rows:
        """The rows in which one of these columns is set: their ids and these columns.

        Where rows have no ids of their own, `component_id` stands for one, which is always set.
        """
        arrays, table = self._arrays, self._table
        numbers = [place for place, name in enumerate(table.number_names) if name in wanted]
        texts = [place for place, name in enumerate(table.text_names) if name in wanted]
        chosen = np.zeros(self.rows, np.uint8)
        for place in numbers:
            if table.number_names[place] == "component_id":
                continue
            chosen |= arrays.number_set[place, : self.rows]
        for place in texts:
            chosen |= arrays.text_set[place, : self.rows]
        (places,) = chosen.nonzero()
        return Rows(len(places), self._chosen(numbers, texts, places))

    def release(self) -> None:
        """Give the memory back to the table."""
        self._columns.clear()
        self._table.give_back(self._arrays, self.rows)

    def _chosen(
        self, numbers: Iterable[int], texts: Iterable[int], places: slice | NDArray[np.int64]
    ) -> Iterator[tuple[str, Any, Any]]:
        """Name, type and Arrow array of these columns, of all rows or of those at some places."""
        table, arrays = self._table, self._arrays
        if table.has_ids:
            ids = np.arange(self._first_id, self._first_id + self.rows, dtype=np.int64)[places]
            yield "id", KINDS["int64"], _array(KINDS["int64"], [None, ids])
        for number in numbers:
            present = arrays.number_set[number, places]
            if present.any():
                name = table.number_names[number]
                values = arrays.numbers[number, places].astype(width_of(name))
                kind = TIME if name in TIMES else KINDS[width_of(name)]
                yield name, kind, _array(kind, [_validity(present), values])
        for number in texts:
            present = arrays.text_set[number, places]
            if present.any():
                offsets = self._offsets(number, places)
                text = arrays.text[number, : max(int(offsets[-1]), 1)]
                name = table.text_names[number]
                yield name, TEXT, _array(TEXT, [_validity(present), offsets, text], len(present))

    def _offsets(self, column: int, places: slice | NDArray[np.int64]) -> NDArray[np.int32]:
        """Where the texts of the rows begin, and the last ends; rows left out have no text."""
        offsets: NDArray[np.int32] = self._arrays.offsets[column]
        if isinstance(places, slice):
            return offsets[: self.rows + 1]
        return np.concatenate((offsets[places], offsets[[self.rows]]))


def _array(kind: Any, buffers: list[NDArray[Any] | None], rows: int | None = None) -> Any:
    """Of texts the number of rows is told; of numbers it is that of the values."""
    values = buffers[-1]
    count = len(values) if rows is None and values is not None else rows
    return nanoarrow.c_array_from_buffers(kind, count, buffers)


def _validity(present: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    return None if present.all() else np.packbits(present, bitorder="little")
