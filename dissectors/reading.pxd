import cython
from dissectors.columns cimport Table

@cython.final
cdef class Reading:
    # the bytes of the block that is being read
    cdef const unsigned char[::1] data
    # the place
    cdef public long long frame
    cdef public int message
    cdef public long long seen_at
    cdef unsigned char[::1] addresses
    cdef int address_length
    # the element that ber.read_element read last
    cdef int tag
    cdef int constructed
    cdef Py_ssize_t content
    cdef Py_ssize_t content_end
    # the tables that receive
    cdef readonly Table map_table
    cdef readonly Table sms_table
    cdef readonly Table diameter_table
    cdef readonly Table problem_table
    cdef const int[:, ::1] map_fields
    cdef const int[:, ::1] diameter_fields
    cdef readonly object counts_array
    cdef long long[::1] counts
    # where message text lies, so that no digest covers it
    cdef Py_ssize_t text_start
    cdef Py_ssize_t text_end
    cdef const unsigned short[::1] alphabet
    # beginnings of Diameter messages whose rest is in a later TCP segment, and their octets in all
    cdef readonly dict streams
    cdef Py_ssize_t waiting
    # Subscription-Id's type, read before its data
    cdef int subscription_id_type
    cdef int is_full(self, Py_ssize_t rows) except? -1 nogil
    cdef int problem(self, int reason) except? -1 nogil
    cdef int pass_over(self, int what) except? -1 nogil
    cdef unsigned long long digest(self, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
    cdef unsigned long long _digest(
        self, unsigned long long value, Py_ssize_t start, Py_ssize_t end
    ) except? -1 nogil
    cdef int set_addresses(self, Py_ssize_t position, int length) except? -1 nogil
    cdef int hide(self, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
    cdef unsigned int u16(self, Py_ssize_t position) except? -1 nogil
    cdef unsigned int u24(self, Py_ssize_t position) except? -1 nogil
    cdef unsigned int u32(self, Py_ssize_t position) except? -1 nogil
