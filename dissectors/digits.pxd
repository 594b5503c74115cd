from dissectors.columns cimport Table
from dissectors.octets cimport put, u16
from dissectors.reading cimport Reading

cdef unsigned char sign(int nibble) except? -1 nogil
cdef int tbcd(Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int number(
    Reading r, Table table, int column, int odd, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef int plmn_number(
    Reading r, Table table, int column, int odd, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef int address_signals(
    Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end, int odd
) except? -1 nogil
cdef int isup_number(
    Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef unsigned char hex_digit(int nibble) except? -1 nogil
cdef int plmn(Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int cell(Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int decimal(Table table, int column, unsigned long long value) except? -1 nogil
cdef int ip_address(Reading r, Table table, int column, Py_ssize_t start) except? -1 nogil
cdef int oid(Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int utf8(Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
cdef int eps_cell(
    Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef int gsn_address(
    Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
cdef int number_list(
    Reading r, Table table, int column, Py_ssize_t start, Py_ssize_t end
) except? -1 nogil
