"""Security headers of binary short messages to and from a SIM (3GPP TS 31.115, ETSI TS 102 225)."""

import cython

if not cython.compiled:
    from dissectors.octets import put
    from dissectors.reading import Reading

from dissectors.fields import SMS_TABLE
from dissectors.reasons import anomaly

TOO_SHORT = cython.declare(cython.int, anomaly("sms", "security header shorter than its fields"))
LENGTHS = cython.declare(cython.int, anomaly("sms", "security header of an impossible length"))

COMMAND_PACKET = cython.declare(cython.int, 0x70)
CIPHERED = cython.declare(cython.int, 0x04)  # in the first octet of the SPI (TS 102 225 5.1.1)
COUNTED = cython.declare(cython.int, 0x18)
COMMAND_HEADER = cython.declare(cython.int, 13)  # octets, SPI to PCNTR
RESPONSE_HEADER = cython.declare(cython.int, 10)  # TAR to response status

SPI = cython.declare(cython.int, SMS_TABLE[0].index("spi"))
KIC = cython.declare(cython.int, SMS_TABLE[0].index("kic"))
KID = cython.declare(cython.int, SMS_TABLE[0].index("kid"))
TAR = cython.declare(cython.int, SMS_TABLE[0].index("tar"))
COUNTER = cython.declare(cython.int, SMS_TABLE[0].index("counter"))
PADDING_COUNTER = cython.declare(cython.int, SMS_TABLE[0].index("padding_counter"))
RESPONSE_STATUS = cython.declare(cython.int, SMS_TABLE[0].index("response_status"))


@cython.cfunc
@cython.nogil
def read_packet(r: Reading, octets: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """Read a header out of the octets in `r.characters` into the open row.

    It has the length of the packet, two octets, that of the header, and the header. `position` is
    that of the user data.
    """
    header: cython.int
    wanted: cython.int = COMMAND_HEADER if r.packet == COMMAND_PACKET else RESPONSE_HEADER
    if octets < 3 + wanted:
        return r.anomaly(TOO_SHORT, position)
    header = r.characters[2]
    if header < wanted or (r.characters[0] << 8 | r.characters[1]) < header + 1:
        r.anomaly(LENGTHS, position)
    if r.packet == COMMAND_PACKET:
        return _read_command(r)
    put(r.sms_table, TAR, _number(r, 3, 3))
    return put(r.sms_table, RESPONSE_STATUS, r.characters[12])


@cython.cfunc
@cython.nogil
def _read_command(r: Reading) -> cython.int:
    """SPI, KIc, KID, TAR, CNTR, PCNTR (TS 102 225 5.1); the last two may be ciphered."""
    put(r.sms_table, SPI, _number(r, 3, 2))
    put(r.sms_table, KIC, r.characters[5])
    put(r.sms_table, KID, r.characters[6])
    put(r.sms_table, TAR, _number(r, 7, 3))
    if r.characters[3] & CIPHERED:
        return 0
    if r.characters[3] & COUNTED:
        put(r.sms_table, COUNTER, _number(r, 10, 5))
    return put(r.sms_table, PADDING_COUNTER, r.characters[15])


@cython.cfunc
@cython.nogil
def _number(r: Reading, first: cython.int, octets: cython.int) -> cython.longlong:
    """So many octets, most significant first."""
    value: cython.longlong = 0
    i: cython.int
    for i in range(first, first + octets):
        value = value << 8 | r.characters[i]
    return value
