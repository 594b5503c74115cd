from dissectors.columns cimport Table
from dissectors.digits cimport (
    address, cell, decimal, eps_cell, hex_list, may_append, number, plmn_number, tbcd, text_list, utf8,
)
from dissectors.octets cimport put, u32
from dissectors.reading cimport Reading

cdef int take_value(Reading r, int node, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
