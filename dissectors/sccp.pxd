from dissectors.digits cimport address_signals
from dissectors.reading cimport Reading
from dissectors.tcap cimport read_tcap

cdef int read_sccp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
