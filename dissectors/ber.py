"""Basic encoding rules (X.690): the only place that reads a tag or a length.

A tag is handled as one number: class bits and tag number as in the identifier octet, without the
constructed bit; numbers above 30 stand in the higher bits. So [1] context is 0x81, SEQUENCE 0x10,
[31] context 31 << 8 | 0x9F, however long the sender wrote it.
"""

import cython

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors.reasons import anomaly

LONG_TAG = cython.declare(cython.int, anomaly("ber", "tag in more octets than it needs"))
LONG_LENGTH = cython.declare(cython.int, anomaly("ber", "length in more octets than it needs"))
INDEFINITE = cython.declare(cython.int, anomaly("ber", "length of the indefinite form"))
DEEPEST = cython.declare(cython.int, 32)  # nested indefinite lengths that are followed


@cython.cfunc
@cython.nogil
def read_element(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read the element at `position`; the position behind it, or 0 if it does not fit into `end`.

    Sets `r.tag`, `r.constructed`, `r.content` and `r.content_end` (X.690 8.1.2 to 8.1.5).
    """
    start: cython.Py_ssize_t = position
    position = _read_tag(r, position, end)
    if position == 0:
        return 0
    if position - start > 1 and (r.tag < 256 or r.data[start + 1] == 0x80):
        r.anomaly(LONG_TAG, start)
    if position < end and r.data[position] >= 0x80:
        _look_at_length(r, start, position, end)
    return _read_length(r, position, end)


@cython.cfunc
@cython.nogil
def _look_at_length(
    r: Reading, start: cython.Py_ssize_t, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Note a length in more octets than it needs (X.690 10.1), or of the indefinite form."""
    if r.data[position] == 0x80:
        return r.anomaly(INDEFINITE, start)
    if position + 1 < end and (
        r.data[position + 1] == 0 or (r.data[position] == 0x81 and r.data[position + 1] < 0x80)
    ):
        return r.anomaly(LONG_LENGTH, start)
    return 0


@cython.cfunc
@cython.nogil
def read_cut_element(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read a constructed element whose content goes past `end`, as far as it is there; or 0."""
    octets: cython.int
    position = _read_tag(r, position, end)
    if position == 0 or not r.constructed or position >= end or r.data[position] == 0x80:
        return 0
    octets = r.data[position] & 0x7F if r.data[position] & 0x80 else 0
    if octets > 4 or position + 1 + octets >= end:
        return 0
    r.content = position + 1 + octets
    r.content_end = end
    return end


@cython.cfunc
@cython.nogil
def _read_tag(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    first: cython.int
    number: cython.int = 0
    _octets: cython.int
    if position >= end:
        return 0
    first = r.data[position]
    position += 1
    r.constructed = first & 0x20
    r.tag = first & 0xDF
    if first & 0x1F != 0x1F:
        return position
    for _octets in range(3):  # no tag of TCAP or MAP has more
        if position >= end:
            return 0
        number = (number << 7) | (r.data[position] & 0x7F)
        position += 1
        if r.data[position - 1] < 0x80:
            r.tag = (first & 0xC0) | number if number < 31 else (number << 8) | (first & 0xDF)
            return position
    return 0


@cython.cfunc
@cython.nogil
def _read_length(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    length: cython.Py_ssize_t
    octets: cython.int
    if position >= end:
        return 0
    length = r.data[position]
    position += 1
    if length == 0x80:
        return _read_indefinite(r, position, end)
    if length > 0x80:
        octets = cython.cast(cython.int, length) - 0x80
        length = 0
        while octets > 0:
            if position >= end or length > 0xFFFFFF:
                return 0
            length = (length << 8) | r.data[position]
            position += 1
            octets -= 1
    if length > end - position:
        return 0
    r.content = position
    r.content_end = position + length
    return r.content_end


@cython.cfunc
@cython.nogil
def _read_indefinite(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t
    tag: cython.int = r.tag
    if not r.constructed:
        return 0
    after = _end_of_contents(r, position, end)
    r.tag = tag
    r.constructed = 0x20
    r.content = position
    r.content_end = after - 2
    return after


@cython.cfunc
@cython.nogil
def _end_of_contents(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The position behind the end-of-contents octets that match (X.690 8.1.5), or 0."""
    depth: cython.int = 1
    while True:
        if end - position < 2:
            return 0
        if r.data[position] == 0 and r.data[position + 1] == 0:
            position += 2
            depth -= 1
            if depth == 0:
                return position
            continue
        position = _read_tag(r, position, end)
        if position == 0 or position >= end:
            return 0
        if r.data[position] == 0x80:
            depth += 1
            position += 1
            if depth > DEEPEST:
                return 0
        else:
            position = _read_length(r, position, end)
            if position == 0:
                return 0


@cython.cfunc
@cython.nogil
def integer(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    """The two's complement integer in these octets (X.690 8.3); the last 8 where there are more."""
    value: cython.longlong = 0
    if end - position > 8:
        position = end - 8
    if position < end and r.data[position] & 0x80:
        value = -1
    while position < end:
        value = value * 256 + r.data[position]
        position += 1
    return value
