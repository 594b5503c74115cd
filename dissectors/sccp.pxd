from dissectors.aside cimport set_aside
from dissectors.columns cimport Table
from dissectors.digits cimport address_signals
from dissectors.path cimport path_number
from dissectors.octets cimport put
from dissectors.reading cimport Reading
from dissectors.tcap cimport read_tcap, signed_64

cdef int read_sccp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef long long read_address(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
