from dissectors.exported cimport read_exported
from dissectors.ip cimport read_ip, read_protocol
from dissectors.mtp cimport read_mtp2, read_mtp2_with_header, read_mtp3
from dissectors.octets cimport u16
from dissectors.ppp cimport read_cisco_hdlc, read_ppp, read_pppoe
from dissectors.reading cimport Reading
from dissectors.sccp cimport read_sccp
from dissectors.tunnel cimport read_mpls

cdef int read_frame(Reading r, int link_type, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
