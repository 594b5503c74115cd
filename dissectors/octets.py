"""Numbers in octets, most significant first, and a number into a column.

This file is for the walker uncompiled; compiled, octets.pxd stands for it, inline.
"""

from dissectors.columns import Table
from dissectors.reading import Reading


def u16(r: Reading, position: int) -> int:
    """Two octets."""
    return r.data[position] << 8 | r.data[position + 1]


def u24(r: Reading, position: int) -> int:
    """Three octets."""
    return r.data[position] << 16 | r.data[position + 1] << 8 | r.data[position + 2]


def u32(r: Reading, position: int) -> int:
    """Four octets."""
    return int.from_bytes(r.data[position : position + 4], "big")


def word(r: Reading, position: int) -> int:
    """Eight octets as the processor takes them, for digests that nothing keeps."""
    return int.from_bytes(r.data[position : position + 8], "little")


def put(table: Table, column: int, value: int) -> int:
    """Set a number of the open row; a cell is set once, the first value stays."""
    if not table.number_set[column, table.rows]:
        table.number_set[column, table.rows] = 1
        table.numbers[column, table.rows] = value
    return 0
