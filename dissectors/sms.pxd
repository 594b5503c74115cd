from dissectors.columns cimport Table
from dissectors.octets cimport put
from dissectors.reading cimport Reading
from dissectors.sms_address cimport read_address
from dissectors.sms_text cimport read_user_data
from dissectors.sms_time cimport time_stamp, validity

cdef int read_map_tpdu(Reading r, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int read_tpdu(
    Reading r, Py_ssize_t start, Py_ssize_t end, int terminated, int answers, long long party
) except? -1 nogil
