from dissectors.reading cimport Reading
from dissectors.sccp_address cimport read_address, subsystem
from dissectors.sccp_user cimport read_user_data
from dissectors.segments cimport add_segment

cdef int read_sccp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int is_unitdata(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
