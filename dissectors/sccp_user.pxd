from dissectors.aside cimport set_aside
from dissectors.columns cimport Table
from dissectors.path cimport path_number
from dissectors.reading cimport Reading
from dissectors.tcap cimport read_tcap, signed_64

cdef int read_user_data(
    Reading r, Py_ssize_t message, Py_ssize_t start, Py_ssize_t end, Py_ssize_t message_end
) except? -1 nogil
