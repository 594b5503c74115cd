from dissectors.columns cimport Table
from dissectors.digits cimport address_signals
from dissectors.octets cimport put, u16, u32
from dissectors.reading cimport Reading
from dissectors.sccp_user cimport read_user_data
from dissectors.segments cimport add_segment

cdef int read_sua(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
