import cython

@cython.final
cdef class Flows:
    cdef unsigned long long[:, ::1] keys
    cdef unsigned long long[::1] key
    cdef unsigned char[::1] state
    cdef long long[::1] next_sequence
    cdef long long[::1] last_sequence
    cdef long long[::1] last_octets
    cdef unsigned long long[::1] last_head
    cdef unsigned long long[::1] last_digest
    cdef int victim
    cdef int turn
    cdef int find(self) except? -1 nogil
    cdef int _holds(self, int place) except? -1 nogil
    cdef int _choose(self, int first) except? -1 nogil
    cdef int begin(self, long long sequence) except? -1 nogil
    cdef int restart(self, int place, long long sequence) except? -1 nogil
