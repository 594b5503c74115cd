from dissectors.reading cimport Reading
from dissectors.sccp_user cimport read_user_data

cdef int add_segment(
    Reading r, bytes key, int is_first, int remaining, bytes octets
) except? -1
