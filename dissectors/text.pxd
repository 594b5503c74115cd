from dissectors.reading cimport Reading

cdef int alphabet_of(int dcs) except? -1 nogil
cdef int septet(Reading r, Py_ssize_t position, int number) except? -1 nogil
cdef int character(Reading r, int alphabet, Py_ssize_t position, int number) except? -1 nogil
