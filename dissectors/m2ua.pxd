from dissectors.mtp cimport read_mtp3
from dissectors.octets cimport u16, u32
from dissectors.reading cimport Reading

cdef int read_m2ua(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_m2pa(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
