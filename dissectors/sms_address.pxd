from dissectors.columns cimport Table
from dissectors.digits cimport sign
from dissectors.reading cimport Reading
from dissectors.text cimport septet

cdef Py_ssize_t read_address(Reading r, Py_ssize_t position, Py_ssize_t end) except? -1 nogil
