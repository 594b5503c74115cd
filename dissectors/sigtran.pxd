from dissectors.digits cimport ip_address
from dissectors.reading cimport Reading
from dissectors.sccp cimport read_sccp
from dissectors.tcap cimport signed_64

cdef int read_m3ua(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
