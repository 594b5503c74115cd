from dissectors.columns cimport Table
from dissectors.digits cimport sign
from dissectors.password cimport password_likelihood
from dissectors.reading cimport Reading
from dissectors.text cimport alphabet_of, septet

cdef int read_tpdu(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
