import cython
from dissectors.reading cimport Reading

@cython.final
cdef class Capture:
    cdef int kind
    cdef int little
    cdef int nanoseconds
    cdef int record_header
    cdef readonly Py_ssize_t to_skip
    cdef public int state
    cdef readonly int header_length
    cdef int interfaces
    cdef int[::1] link_types
    cdef int[::1] exponents
    cdef long long[::1] offsets
    cdef unsigned int[::1] longest
    cdef readonly int link_type
    cdef readonly Py_ssize_t frame_start
    cdef readonly Py_ssize_t frame_end
    cdef readonly Py_ssize_t after
    cdef unsigned int u16(self, Reading r, Py_ssize_t position) except? -1 nogil
    cdef unsigned int u32(self, Reading r, Py_ssize_t position) except? -1 nogil
    cdef Py_ssize_t next_frame(self, Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
    cdef Py_ssize_t _skipped(self, Py_ssize_t octets) except? -1 nogil
    cdef Py_ssize_t _next_record(self, Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
    cdef Py_ssize_t _stop(self, int state, Py_ssize_t position) except? -1 nogil
    cdef Py_ssize_t _found(
        self, Reading r, int interface, Py_ssize_t start, Py_ssize_t length, Py_ssize_t after
    ) except? -1 nogil
    cdef Py_ssize_t _next_block(self, Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
    cdef int _is_read(self, unsigned int kind) except? -1 nogil
    cdef int _step_over(self, Reading r, unsigned int kind, unsigned int length) except? -1 nogil
    cdef int _begin_section(self, Reading r, Py_ssize_t position) except? -1 nogil
    cdef int _add_interface(self, Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
    cdef long long _seconds(self, Reading r, Py_ssize_t position) except? -1 nogil
    cdef Py_ssize_t _packet(
        self, Reading r, unsigned int kind, Py_ssize_t position, Py_ssize_t after
    ) except? -1 nogil
    cdef int _set_time(
        self, Reading r, int interface, unsigned int high, unsigned int low
    ) except? -1 nogil
