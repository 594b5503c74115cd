"""Growing columns: what the walker writes, row by row, and Arrow takes over as it stands.

A `Table` has number columns (64-bit integers; booleans and times too) and text columns (bytes of
UTF-8 with offsets, as Arrow lays strings out). A cell that nobody sets is NULL; a cell is set once,
the first value stays.
"""

from typing import NamedTuple

import cython
import numpy as np
from numpy.typing import NDArray

START_ROWS = (
    1 << 15
) + 1096  # a batch and a frame; no power of two, so that columns share no cache line's place
MOST_TEXT = cython.declare(cython.int, 1 << 20)  # octets of a column that end a batch
START_TEXT = 1 << 16


class Arrays(NamedTuple):
    """The memory of a batch: a row of each array is a column of the table."""

    numbers: NDArray[np.int64]
    number_set: NDArray[np.uint8]
    offsets: NDArray[np.int32]
    text_set: NDArray[np.uint8]
    text: NDArray[np.uint8]


@cython.final
@cython.cclass
class Table:
    """Rows of one kind, the last of them still open."""

    def __init__(self, number_names: list[str], text_names: list[str], first_id: int = -1) -> None:
        self.number_names = number_names
        self.text_names = text_names
        self.first_id = first_id
        self.has_ids = first_id >= 0
        self.number_columns = len(number_names)
        self.spare: list[Arrays] = []
        self.used = np.zeros(max(len(text_names), 1), np.int32).data
        self.touched_columns = np.zeros(max(len(text_names), 1), np.int32).data
        self.touched = 0
        self.rows = 0
        self.clear()

    def clear(self) -> None:
        """Begin a new batch in arrays of its own; the old ones are with whoever took them."""
        self._take_arrays(self.spare.pop() if self.spare else self._new_arrays())
        self.rows = 0
        self.longest_text = 0
        for column in range(len(self.text_names)):
            self.used[column] = 0
        self.touched = 0

    def arrays(self) -> "Arrays":
        """The arrays of this batch, to be given back when nobody reads them any more."""
        return Arrays(
            self.numbers_array,
            self.number_set_array,
            self.offsets_array,
            self.text_set_array,
            self.text_array,
        )

    def give_back(self, arrays: "Arrays", rows: int) -> None:
        """Take arrays back for a later batch: fresh memory costs more than filling it does."""
        if arrays.text.shape[1] > 4 * MOST_TEXT:  # grown by one odd frame: not worth keeping
            return
        arrays.number_set[:, :rows] = 0
        arrays.text_set[:, :rows] = 0
        for column in np.flatnonzero(arrays.offsets[:, rows]):
            arrays.offsets[column, : rows + 1] = 0
        self.spare.append(arrays)

    def _new_arrays(self) -> "Arrays":
        numbers, texts = len(self.number_names), len(self.text_names)
        return Arrays(
            np.zeros((numbers, START_ROWS), np.int64),
            np.zeros((numbers, START_ROWS), np.uint8),
            np.zeros((texts, START_ROWS + 1), np.int32),
            np.zeros((texts, START_ROWS), np.uint8),
            np.empty((texts, START_TEXT), np.uint8),
        )

    def _take_arrays(self, arrays: "Arrays") -> None:
        self.numbers_array, self.number_set_array = arrays.numbers, arrays.number_set
        self.offsets_array, self.text_set_array = arrays.offsets, arrays.text_set
        self.text_array = arrays.text
        self.capacity = arrays.numbers.shape[1]
        self.text_capacity = arrays.text.shape[1]
        self._take_views()

    def _take_views(self) -> None:
        self.numbers = self.numbers_array.data
        self.number_set = self.number_set_array.data
        self.offsets = self.offsets_array.data
        self.text_set = self.text_set_array.data
        self.text = self.text_array.data

    def grow_rows(self) -> None:
        """Twice the room for rows."""
        self.numbers_array = _doubled(self.numbers_array, self.capacity)
        self.number_set_array = _doubled(self.number_set_array, self.capacity)
        self.text_set_array = _doubled(self.text_set_array, self.capacity)
        self.offsets_array = _doubled(self.offsets_array, self.capacity)
        self.capacity = 2 * self.capacity
        self._take_views()

    def grow_text(self) -> None:
        """Twice the room for the bytes of every text column."""
        self.text_array = _doubled(self.text_array, self.text_capacity)
        self.text_capacity = 2 * self.text_capacity
        self._take_views()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def put(self, column: cython.int, value: cython.longlong) -> cython.int:
        """Set a number of the open row."""
        if not self.number_set[column, self.rows]:
            self.number_set[column, self.rows] = 1
            self.numbers[column, self.rows] = value
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def start(self, column: cython.int) -> cython.int:
        """Begin a text of the open row; 0 where it has one already."""
        if self.text_set[column, self.rows]:
            return 0
        self.text_set[column, self.rows] = 1
        if self.used[column] == 0 and not self._is_touched(column):
            self.touched_columns[self.touched] = column
            self.touched += 1
        return 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _is_touched(self, column: cython.int) -> cython.int:
        i: cython.int
        for i in range(self.touched):
            if self.touched_columns[i] == column:
                return 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def is_full(self, rows: cython.Py_ssize_t) -> cython.int:
        """Whether the batch holds so many rows, or a column too much text."""
        return self.rows >= rows or self.longest_text > MOST_TEXT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def room(self, column: cython.int, count: cython.Py_ssize_t) -> cython.int:
        """Where the next byte of this column's text goes, with room for `count` of them.

        Whoever writes there sets `used[column]` to the position behind the last byte.
        """
        while self.used[column] + count > self.text_capacity:
            with cython.gil:
                self.grow_text()
        if self.used[column] > self.longest_text:
            self.longest_text = self.used[column]
        return self.used[column]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def letter(self, column: cython.int, value: cython.uchar) -> cython.int:
        """Append a byte to the text begun last in this column."""
        position: cython.int = self.room(column, 1)
        self.text[column, position] = value
        self.used[column] = position + 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def end_row(self) -> cython.int:
        """Close the open row and open the next."""
        i: cython.int
        column: cython.int
        for i in range(self.touched):
            column = self.touched_columns[i]
            self.offsets[column, self.rows + 1] = self.used[column]
        self.rows += 1
        if self.rows == self.capacity:
            with cython.gil:
                self.grow_rows()
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def back_to(self, rows: cython.Py_ssize_t) -> cython.int:
        """Take back the rows behind the first so many; for a table without text."""
        while self.rows > rows:
            self.rows -= 1
            self.drop_row()
        return 0

    @cython.ccall
    @cython.nogil
    @cython.exceptval(-1)
    def drop_row(self) -> cython.int:
        """Empty the open row."""
        i: cython.int
        column: cython.int
        for i in range(self.touched):
            column = self.touched_columns[i]
            self.used[column] = self.offsets[column, self.rows]
            self.text_set[column, self.rows] = 0
        for i in range(self.number_columns):
            self.number_set[i, self.rows] = 0
        return 0


def _doubled(array: np.ndarray, width: int) -> np.ndarray:
    grown = np.zeros((array.shape[0], array.shape[1] + width), array.dtype)
    grown[:, : array.shape[1]] = array
    return grown
