from dissectors.ber cimport integer, read_element
from dissectors.columns cimport Table
from dissectors.digits cimport oid
from dissectors.map cimport read_argument, read_error_parameter, read_result
from dissectors.octets cimport put
from dissectors.reading cimport Reading

cdef int read_components(
    Reading r, Table table, Py_ssize_t position, Py_ssize_t end, Py_ssize_t unread
) except? -1 nogil
