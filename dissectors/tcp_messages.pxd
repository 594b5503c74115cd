from dissectors.diameter cimport read_diameter
from dissectors.octets cimport u24
from dissectors.reading cimport Reading

cdef Py_ssize_t read_messages(
    Reading r, int flow, Py_ssize_t position, Py_ssize_t end
) except? -1 nogil
cdef int is_header(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
cdef int on_tls_port(Reading r) except? -1 nogil
