import cython
from dissectors.capture cimport Capture
from dissectors.reading cimport Reading

cdef class Finder:
    cdef object stream
    cdef Capture capture
    cdef Reading reading
    cdef object block
    cdef Py_ssize_t position
    cdef Py_ssize_t filled
