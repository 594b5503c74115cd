from dissectors.reading cimport Reading
from dissectors.tcp_messages cimport read_messages

cdef int keep_rest(Reading r, int flow, Py_ssize_t start, Py_ssize_t end) except? -1
cdef int add_segment(
    Reading r, int flow, long long ahead, Py_ssize_t start, Py_ssize_t end
) except? -1
cdef int end_stream(Reading r, int flow) except? -1
