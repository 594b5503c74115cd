from dissectors.columns cimport Table
from dissectors.digits cimport ip_address
from dissectors.octets cimport put
from dissectors.reading cimport Reading

cdef long long path_number(Reading r) except? -1 nogil
cdef int _put(Table table, int column, long long value) except? -1 nogil
