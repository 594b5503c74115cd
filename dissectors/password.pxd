from dissectors.reading cimport Reading
from dissectors.text cimport character

cdef int password_likelihood(
    Reading r, int alphabet, Py_ssize_t position, int first, int length
) except? -1 nogil
