from dissectors.reading cimport Reading

cdef int set_aside(
    Reading r, Py_ssize_t anomalies, Py_ssize_t problems, int user, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
