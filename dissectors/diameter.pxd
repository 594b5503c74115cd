from dissectors.aside cimport set_aside
from dissectors.digits cimport ip_address, plmn, tbcd, utf8
from dissectors.reading cimport Reading
from dissectors.sms cimport read_tpdu
from dissectors.tcap cimport signed_64

cdef int read_diameter(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
