from dissectors.diameter cimport read_diameter
from dissectors.m2ua cimport read_m2pa, read_m2ua
from dissectors.mtp cimport read_mtp2, read_mtp3
from dissectors.octets cimport u16, u32
from dissectors.reading cimport Reading
from dissectors.sccp cimport read_sccp
from dissectors.sccp_user cimport read_user_data
from dissectors.sctp cimport read_sctp
from dissectors.sigtran cimport read_m3ua
from dissectors.sua cimport read_sua

cdef int read_exported(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
