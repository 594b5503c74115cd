from dissectors.octets cimport put
from dissectors.reading cimport Reading

cdef int time_stamp(Reading r, int column, Py_ssize_t position) except? -1 nogil
cdef int validity(Reading r, int form, Py_ssize_t position) except? -1 nogil
