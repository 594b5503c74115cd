from dissectors.octets cimport u16
from dissectors.reading cimport Reading

cdef int alphabet_of(int dcs) except? -1 nogil
cdef int broadcast_alphabet_of(int dcs) except? -1 nogil
cdef int septet(Reading r, Py_ssize_t position, int number) except? -1 nogil
cdef int unpack_septets(
    Reading r, Py_ssize_t position, int first, int behind, int locking, int single
) except? -1 nogil
cdef int unpack_octets(Reading r, Py_ssize_t position, int count) except? -1 nogil
cdef int unpack_ucs2(Reading r, Py_ssize_t position, int octets) except? -1 nogil
cdef int characters_in(Reading r, int units) except? -1 nogil
