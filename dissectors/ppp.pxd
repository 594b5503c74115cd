from dissectors.octets cimport u16
from dissectors.reading cimport Reading

cdef int read_ppp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_pppoe(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_cisco_hdlc(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
