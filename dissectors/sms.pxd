from dissectors.columns cimport Table
from dissectors.digits cimport sign
from dissectors.reading cimport Reading

cdef int read_tpdu(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
