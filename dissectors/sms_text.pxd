from dissectors.columns cimport Table
from dissectors.command_packet cimport read_packet
from dissectors.octets cimport put
from dissectors.password cimport password_likelihood
from dissectors.reading cimport Reading
from dissectors.sms_header cimport read_header
from dissectors.text cimport (
    alphabet_of,
    characters_in,
    unpack_octets,
    unpack_septets,
    unpack_ucs2,
)

cdef int read_user_data(
    Reading r, int has_header, Py_ssize_t position, Py_ssize_t end, long long party
) except? -1 nogil
