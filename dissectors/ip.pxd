from dissectors.ip_fragments cimport keep_fragment
from dissectors.octets cimport u16
from dissectors.reading cimport Reading
from dissectors.sctp cimport read_sctp
from dissectors.tcp cimport read_tcp
from dissectors.tunnel cimport carries_signalling, read_gre, read_udp

cdef int read_ip(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_protocol(
    Reading r, int protocol, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
