from dissectors.reading cimport Reading

cdef int password_likelihood(Reading r, int length) except? -1 nogil
cdef int digit_of(int code) except? -1 nogil
cdef int is_letter(int code) except? -1 nogil
