import cython

@cython.final
cdef class Table:
    cdef readonly list number_names
    cdef readonly list text_names
    cdef list spare
    cdef public long long first_id
    cdef readonly bint has_ids
    cdef readonly Py_ssize_t rows
    cdef Py_ssize_t capacity
    cdef int text_capacity
    cdef int longest_text
    cdef int touched
    cdef int number_columns
    cdef readonly object numbers_array
    cdef readonly object number_set_array
    cdef readonly object offsets_array
    cdef readonly object text_set_array
    cdef readonly object text_array
    cdef long long[:, ::1] numbers
    cdef unsigned char[:, ::1] number_set
    cdef int[:, ::1] offsets
    cdef unsigned char[:, ::1] text_set
    cdef unsigned char[:, ::1] text
    cdef int[::1] used
    cdef int[::1] touched_columns
    cdef int put(self, int column, long long value) except? -1 nogil
    cdef int start(self, int column) except? -1 nogil
    cdef int _is_touched(self, int column) except? -1 nogil
    cdef int is_full(self, Py_ssize_t rows) except? -1 nogil
    cdef int room(self, int column, Py_ssize_t count) except? -1 nogil
    cdef int letter(self, int column, unsigned char value) except? -1 nogil
    cdef int end_row(self) except? -1 nogil
    cdef int back_to(self, Py_ssize_t rows) except? -1 nogil
    cpdef int drop_row(self) except? -1 nogil
