from dissectors.reading cimport Reading

cdef Py_ssize_t read_cut_element(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
cdef Py_ssize_t read_element(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
cdef long long integer(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
