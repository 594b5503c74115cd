from dissectors.ber cimport read_cut_element, read_element
from dissectors.columns cimport Table
from dissectors.component cimport read_components
from dissectors.digits cimport oid, tbcd
from dissectors.octets cimport put, u24, u32
from dissectors.reading cimport Reading

cdef int read_tcap(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef long long signed_64(unsigned long long value) except? -1 nogil
