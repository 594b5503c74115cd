from dissectors.octets cimport put
from dissectors.reading cimport Reading

cdef int read_packet(Reading r, int octets, Py_ssize_t position) except? -1 nogil
