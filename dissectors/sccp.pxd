from dissectors.aside cimport set_aside
from dissectors.columns cimport Table
from dissectors.path cimport path_number
from dissectors.reading cimport Reading
from dissectors.sccp_address cimport read_address
from dissectors.tcap cimport read_tcap, signed_64

cdef int read_sccp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int is_unitdata(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
