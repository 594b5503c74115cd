from dissectors.mtp cimport pass_over_user
from dissectors.octets cimport u16, u32
from dissectors.reading cimport Reading
from dissectors.sccp cimport read_sccp

cdef int read_m3ua(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
