import cython
from dissectors.columns cimport Table

@cython.final
cdef class Interned:
    cdef readonly Table table
    cdef unsigned long long[:, ::1] keys
    cdef unsigned long long[::1] hashes
    cdef long long[:, ::1] numbers
    cdef unsigned long long[::1] key
    cdef unsigned long long[::1] factors
    cdef long long variant
    cdef int words
    cdef int fits
    cdef int slot
    cdef unsigned long long hash
    cdef long long about
    cdef long long look_up(self, int words) except? -1 nogil
    cdef int _holds(self, int slot, int words) except? -1 nogil
    cdef long long keep(self, long long about, int again) except? -1 nogil
