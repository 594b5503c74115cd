from dissectors.columns cimport Table
from dissectors.octets cimport put
from dissectors.password cimport digit_of, password_likelihood
from dissectors.prompt cimport asks_for_pin
from dissectors.reading cimport Reading
from dissectors.text cimport (
    broadcast_alphabet_of,
    characters_in,
    septet,
    unpack_octets,
    unpack_septets,
    unpack_ucs2,
)

cdef int read_ussd(Reading r, Py_ssize_t start, Py_ssize_t end, int dcs) except? -1 nogil
