from dissectors.reading cimport Reading
from dissectors.sccp cimport is_unitdata, read_sccp

cdef int read_mtp2(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_mtp2_with_header(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_mtp3(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int pass_over_user(Reading r, int service) except? -1 nogil
