from dissectors.octets cimport word
from dissectors.reading cimport Reading

cdef int is_repeated(
    Reading r, unsigned long long sender, unsigned long long number, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef unsigned long long digest_of(
    Reading r, unsigned long long value, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
