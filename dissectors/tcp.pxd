from dissectors.diameter cimport read_diameter
from dissectors.reading cimport Reading

cdef int read_tcp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
