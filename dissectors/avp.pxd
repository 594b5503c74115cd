from dissectors.avp_value cimport take_value
from dissectors.octets cimport u24, u32
from dissectors.reading cimport Reading

cdef int read_avps(Reading r, int parent, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
cdef int find_avp(Reading r, int parent, Py_ssize_t position) except? -1 nogil
