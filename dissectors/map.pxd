from dissectors.ber cimport integer, read_element
from dissectors.columns cimport Table
from dissectors.digits cimport (
    cell,
    eps_cell,
    gsn_address,
    isup_number,
    number,
    number_list,
    plmn_number,
    tbcd,
    utf8,
)
from dissectors.octets cimport put
from dissectors.reading cimport Reading
from dissectors.sms cimport read_map_tpdu
from dissectors.ussd cimport read_ussd

cdef Py_ssize_t read_argument(
    Reading r, Table table, int opcode, Py_ssize_t position, Py_ssize_t end
) except? -1 nogil
cdef Py_ssize_t read_result(
    Reading r, Table table, int opcode, Py_ssize_t position, Py_ssize_t end
) except? -1 nogil
cdef Py_ssize_t read_error_parameter(
    Reading r, Table table, int code, Py_ssize_t position, Py_ssize_t end
) except? -1 nogil
