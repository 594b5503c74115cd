from libc.string cimport memcpy

from dissectors.columns cimport Table
from dissectors.reading cimport Reading

# compiled into every module that uses them: a call from module to module cannot be

cdef inline unsigned int u16(Reading r, Py_ssize_t position) except? -1 nogil:
    return r.data[position] << 8 | r.data[position + 1]

cdef inline unsigned int u24(Reading r, Py_ssize_t position) except? -1 nogil:
    return r.data[position] << 16 | r.data[position + 1] << 8 | r.data[position + 2]

cdef inline unsigned int u32(Reading r, Py_ssize_t position) except? -1 nogil:
    return (
        <unsigned int>r.data[position] << 24
        | r.data[position + 1] << 16
        | r.data[position + 2] << 8
        | r.data[position + 3]
    )

cdef inline unsigned long long word(Reading r, Py_ssize_t position) except? 0 nogil:
    cdef unsigned long long value = r.data[position + 7]  # the last is there
    memcpy(&value, &r.data[position], 8)
    return value

cdef inline int put(Table table, int column, long long value) except? -1 nogil:
    cdef Py_ssize_t row = table.rows
    if not table.number_set[column, row]:
        table.number_set[column, row] = 1
        table.numbers[column, row] = value
    return 0
