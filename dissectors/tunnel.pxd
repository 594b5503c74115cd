from dissectors.octets cimport u16
from dissectors.reading cimport Reading
from dissectors.sctp cimport read_sctp

cdef int read_gre(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_mpls(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int carries_signalling(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_udp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
