from dissectors.octets cimport u16, u32
from dissectors.reading cimport Reading
from dissectors.repeated cimport digest_of
from dissectors.tcp_messages cimport is_header, on_tls_port, read_messages
from dissectors.tcp_waiting cimport add_segment, end_stream, keep_rest

cdef int read_tcp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
