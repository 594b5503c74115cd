import cython
from dissectors.capture cimport Capture
from dissectors.link cimport read_frame
from dissectors.reading cimport Reading
from dissectors.tcp_waiting cimport end_stream

cdef class Walker:
    cdef Capture capture
    cdef Reading reading
    cdef object block
    cdef Py_ssize_t position
    cdef Py_ssize_t filled
    cdef long long passed
    cdef long long failed_frame
    cdef long long first_seen
    cdef long long last_seen
    cdef int _walk_frames(self, Reading r, Capture c) except? -1 nogil
