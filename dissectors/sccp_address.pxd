from dissectors.columns cimport Table
from dissectors.digits cimport address_signals
from dissectors.octets cimport put
from dissectors.reading cimport Reading

cdef long long read_address(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int subsystem(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
