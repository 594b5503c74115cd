from dissectors.columns cimport Table
from dissectors.digits cimport hex_digit
from dissectors.octets cimport u16
from dissectors.reading cimport Reading

cdef int read_header(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
