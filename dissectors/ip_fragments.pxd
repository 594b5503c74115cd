from dissectors.reading cimport Reading

cdef int keep_fragment(
    Reading r, bytes key, int protocol, Py_ssize_t place, int goes_on, bytes octets
) except? -1
