import cython
from dissectors.columns cimport Table

@cython.final
cdef class Interned:
    cdef readonly Table table
    cdef unsigned long long[:, ::1] keys
    cdef long long[::1] numbers
    cdef long long[::1] notes
    cdef unsigned long long[::1] key
    cdef int fits
    cdef int slot
    cdef long long about
    cdef long long look_up(self, int words) except? -1 nogil
    cdef int _holds(self, int slot, int words) except? -1 nogil
    cdef long long keep(self, long long about, int again) except? -1 nogil
