from dissectors.diameter cimport read_diameter
from dissectors.m2ua cimport read_m2pa, read_m2ua
from dissectors.octets cimport u16, u32
from dissectors.reading cimport Reading
from dissectors.repeated cimport is_repeated
from dissectors.sigtran cimport read_m3ua
from dissectors.sua cimport read_sua

cdef int read_sctp(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
