from dissectors.mtp cimport read_mtp2, read_mtp2_with_header, read_mtp3
from dissectors.octets cimport u16
from dissectors.reading cimport Reading
from dissectors.sccp cimport read_sccp
from dissectors.sctp cimport read_sctp
from dissectors.tcp cimport read_tcp

cdef int read_frame(Reading r, int link_type, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
