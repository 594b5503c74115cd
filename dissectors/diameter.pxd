from dissectors.aside cimport set_aside
from dissectors.avp cimport find_avp, read_avps
from dissectors.digits cimport text_list, utf8
from dissectors.octets cimport put, u24, u32
from dissectors.path cimport path_number
from dissectors.reading cimport Reading
from dissectors.sms cimport read_tpdu
from dissectors.tcap cimport signed_64

cdef int read_diameter(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
