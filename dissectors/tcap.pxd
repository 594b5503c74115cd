from dissectors.ber cimport integer, read_element
from dissectors.digits cimport oid, tbcd
from dissectors.map cimport read_argument, read_result
from dissectors.reading cimport Reading

cdef int read_tcap(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef long long signed_64(unsigned long long value) except? -1 nogil
