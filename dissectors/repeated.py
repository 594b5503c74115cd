"""What was sent lately, so that what is sent again, or tapped twice, is told from what is new."""

import cython

if not cython.compiled:
    from dissectors.octets import word
    from dissectors.reading import Reading

from dissectors import reading

PLACE_BITS = cython.declare(cython.ulonglong, reading.MARKS_SHAPE[0] - 1)
START = cython.declare(cython.ulonglong, 0xCBF29CE484222325)
PRIME = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)


@cython.cfunc
@cython.nogil
@cython.boundscheck(False)  # places are masked
def is_repeated(
    r: Reading,
    sender: cython.ulonglong,
    number: cython.ulonglong,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Whether this sender sent these octets under this number lately; from now on they are known.

    All octets count, for in captures that were made by hand numbers repeat. Senders count up, so
    memory is met in order; what two others have overwritten, about 65,000 numbers on, is forgotten.
    """
    mark: cython.ulonglong = digest_of(r, sender, start, end)
    place: cython.Py_ssize_t = (((sender * PRIME & ALL_BITS) >> 40) + number) & PLACE_BITS
    if r.marks[place, 0] == mark or r.marks[place, 1] == mark:
        return 1
    r.marks[place, 1] = r.marks[place, 0]
    r.marks[place, 0] = mark
    return 0


@cython.cfunc
@cython.nogil
def digest_of(
    r: Reading, value: cython.ulonglong, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.ulonglong:
    """64 bits of octets and of `value`, never 0; two lanes, for one waits for its products."""
    other: cython.ulonglong = START ^ (end - start)
    if end - start < 16:
        while start < end:
            value = ((value + r.data[start] + 1) * PRIME) & ALL_BITS
            start += 1
    else:
        while end - start > 16:
            value = ((value + word(r, start)) * PRIME) & ALL_BITS
            other = ((other + word(r, start + 8)) * PRIME) & ALL_BITS
            start += 16
        value = ((value + word(r, end - 16)) * PRIME) & ALL_BITS
        other = ((other + word(r, end - 8)) * PRIME) & ALL_BITS
    value = ((value ^ (other >> 32)) * PRIME + other) & ALL_BITS
    return value ^ (value >> 29) | 1
