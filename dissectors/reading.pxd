import cython
from dissectors.columns cimport Table
from dissectors.flows cimport Flows
from dissectors.interned cimport Interned

@cython.final
cdef class Reading:
    # the bytes of the block that is being read
    cdef const unsigned char[::1] data
    # the place
    cdef public long long frame
    cdef public int message
    cdef public long long seen_at
    cdef unsigned char[::1] addresses
    cdef int address_length
    # what a tunnel carries, and the tunnels that were gone through
    cdef Py_ssize_t inside
    cdef Py_ssize_t inside_end
    cdef int tunnels
    # datagrams in fragments, and the one that was put together last
    cdef readonly object datagrams
    cdef object joined
    # how the message came; NONE where it was not told
    cdef long long source_port
    cdef long long destination_port
    cdef long long payload_protocol
    cdef long long opc
    cdef long long dpc
    cdef long long network_indicator
    cdef long long sccp_type
    cdef long long point_code_bits
    cdef int labels_24
    cdef long long routing_context
    cdef long long network_appearance
    # the message of SCCP and TCAP that is being read; rows of its components repeat this
    cdef long long component_id
    # where the last anomaly was, and a bit for each kind of those that were noted there
    cdef Py_ssize_t anomaly_at
    cdef long long anomaly_kinds
    cdef readonly list odd_messages
    cdef Py_ssize_t odd_octets
    cdef readonly object odd_counts_array
    cdef long long[:, ::1] odd_counts
    cdef long long path
    cdef long long called
    cdef long long calling
    cdef int called_ssn
    cdef int calling_ssn
    cdef int return_cause
    cdef Py_ssize_t message_start
    cdef int tcap_type
    cdef int has_otid
    cdef int has_dtid
    cdef long long otid
    cdef long long dtid
    cdef int abort_cause
    cdef long long dialogue
    cdef int context
    cdef int version
    cdef int user
    cdef long long transaction_id
    # the element that ber.read_element read last
    cdef int tag
    cdef int constructed
    cdef Py_ssize_t content
    cdef Py_ssize_t content_end
    # the tables that receive
    cdef readonly dict tables
    cdef readonly Table map_table
    cdef readonly Table cap_table
    cdef readonly Table diameter_table
    cdef readonly Table sms_table
    cdef readonly Table ussd_table
    cdef readonly Table anomaly_table
    cdef readonly Table problem_table
    cdef Interned paths
    cdef Interned sccp_addresses
    cdef Interned dialogue_portions
    cdef Interned routes
    # of MAP, and of CAP once it was met
    cdef const int[:, ::1] map_fields
    cdef int has_cap_fields
    cdef const int[:, ::1] diameter_fields
    cdef const int[::1] avp_slots
    cdef const unsigned char[::1] known_avps
    cdef const unsigned int[:, ::1] command_applications
    # by row of diameter_fields, the group in which its AVP was met last; groups are numbered
    cdef long long[::1] avp_seen
    cdef long long avp_group
    # the Diameter message that is being read
    cdef unsigned int application
    cdef unsigned long long fingerprint
    cdef int route_words
    cdef Py_ssize_t session
    cdef Py_ssize_t session_host_end
    cdef Py_ssize_t origin_host
    cdef Py_ssize_t origin_host_end
    cdef const int[:, ::1] left_alone
    cdef readonly object counts_array
    cdef long long[::1] counts
    cdef readonly object first_frames_array
    cdef long long[::1] first_frames
    # where message text lies, so that no digest covers it
    cdef Py_ssize_t text_start
    cdef Py_ssize_t text_end
    cdef const unsigned short[:, ::1] alphabets
    cdef object characters_array
    cdef unsigned short[::1] characters
    # identifier of the security header that begins the user data of a short message, or 0
    cdef int packet
    # coding scheme of the USSD string that follows
    cdef int ussd_coding
    cdef const unsigned short[:, ::1] pin_words
    cdef readonly object sms_parts
    # TCP's flows, what waits of them, and its octets in all
    cdef Flows flows
    cdef readonly dict streams
    cdef Py_ssize_t waiting
    cdef readonly object segments
    cdef readonly list waiting_for
    # digests of what was sent lately, and SCTP's fragments
    cdef unsigned long long[:, ::1] marks
    cdef const int[::1] payload_reasons
    cdef const unsigned char[::1] protocols_by_port
    cdef readonly object fragments
    # where the short message of a Diameter message is
    cdef Py_ssize_t tpdu_start
    cdef Py_ssize_t tpdu_end
    # layer and octets of messages that were put together, where somebody wants to see them; or None
    cdef public object wholes
    # Subscription-Id's type, and its data where that came first
    cdef int subscription_id_type
    cdef Py_ssize_t subscription_start
    cdef Py_ssize_t subscription_end
    cdef int is_full(self, Py_ssize_t rows) except? -1 nogil
    cdef int problem(self, int reason) except? -1 nogil
    cdef int pass_over(self, int what) except? -1 nogil
    cdef int pass_over_many(self, int what, Py_ssize_t count) except? -1 nogil
    cdef unsigned long long digest(self, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
    cdef unsigned long long _digest(
        self, unsigned long long value, Py_ssize_t start, Py_ssize_t end
    ) except? -1 nogil
    cdef int anomaly(self, int kind, Py_ssize_t position) except? -1 nogil
    cdef int _check(self, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
    cdef unsigned long long _u64(self, Py_ssize_t position) noexcept nogil
    cdef long long known(
        self, Interned interned, Py_ssize_t start, Py_ssize_t end
    ) except? -1 nogil
    cdef int fill_key(
        self, Interned interned, int i, Py_ssize_t start, Py_ssize_t end
    ) except? -1 nogil
    cdef int forget_path(self) except? -1 nogil
    cdef int set_addresses(
        self, Py_ssize_t source, Py_ssize_t destination, int length
    ) except? -1 nogil
    cdef int goes_on(
        self, unsigned int ethertype, Py_ssize_t start, Py_ssize_t end
    ) except? -1 nogil
    cdef int hide(self, Py_ssize_t start, Py_ssize_t end) except? -1 nogil
    cdef unsigned int u16(self, Py_ssize_t position) except? -1 nogil
    cdef unsigned int u24(self, Py_ssize_t position) except? -1 nogil
    cdef unsigned int u32(self, Py_ssize_t position) except? -1 nogil
