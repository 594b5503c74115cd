"""How a message came: addresses, ports, adaptation layer, point codes; a row for each way."""

import cython

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.digits import ip_address
    from dissectors.octets import put
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import PATH_TABLE

NONE = cython.declare(cython.int, reasons.NONE)
LOW = cython.declare(cython.longlong, 0xFFFFFFFF)
WORDS = cython.declare(cython.int, 9)  # of the key; Reading.set_addresses fills 1 to 4
SOURCE_ADDRESS = cython.declare(cython.int, PATH_TABLE[1].index("source_address"))
DESTINATION_ADDRESS = cython.declare(cython.int, PATH_TABLE[1].index("destination_address"))
SOURCE_PORT = cython.declare(cython.int, PATH_TABLE[0].index("source_port"))
DESTINATION_PORT = cython.declare(cython.int, PATH_TABLE[0].index("destination_port"))
PAYLOAD_PROTOCOL = cython.declare(cython.int, PATH_TABLE[0].index("payload_protocol"))
ROUTING_CONTEXT = cython.declare(cython.int, PATH_TABLE[0].index("routing_context"))
NETWORK_APPEARANCE = cython.declare(cython.int, PATH_TABLE[0].index("network_appearance"))
OPC = cython.declare(cython.int, PATH_TABLE[0].index("opc"))
DPC = cython.declare(cython.int, PATH_TABLE[0].index("dpc"))
NETWORK_INDICATOR = cython.declare(cython.int, PATH_TABLE[0].index("network_indicator"))
SCCP_TYPE = cython.declare(cython.int, PATH_TABLE[0].index("sccp_type"))
POINT_CODE_BITS = cython.declare(cython.int, PATH_TABLE[0].index("point_code_bits"))


@cython.cfunc
@cython.nogil
def path_number(r: Reading) -> cython.longlong:
    """The number of the row in table `path` for what the reading says of the message's way."""
    number: cython.longlong
    sender: cython.ulonglong = r.source_port & LOW
    originator: cython.ulonglong = r.opc & LOW
    context: cython.ulonglong = r.routing_context & LOW
    r.paths.key[0] = r.address_length
    r.paths.key[5] = sender << 32 | (r.destination_port & LOW)
    r.paths.key[6] = originator << 32 | (r.dpc & LOW)
    r.paths.key[7] = context << 32 | (r.network_appearance & LOW)
    r.paths.key[8] = (
        (r.point_code_bits & 0xFF) << 48
        | (r.network_indicator & 0xFF) << 40
        | (r.sccp_type & 0xFF) << 32
        | (r.payload_protocol & LOW)
    )
    number = r.paths.look_up(WORDS)
    return number if number != NONE else _new_path(r)


@cython.cfunc
@cython.nogil
def _new_path(r: Reading) -> cython.longlong:
    if r.address_length:
        ip_address(r, r.paths.table, SOURCE_ADDRESS, 0)
        ip_address(r, r.paths.table, DESTINATION_ADDRESS, 16)
    _put(r.paths.table, SOURCE_PORT, r.source_port)
    _put(r.paths.table, DESTINATION_PORT, r.destination_port)
    _put(r.paths.table, PAYLOAD_PROTOCOL, r.payload_protocol)
    _put(r.paths.table, ROUTING_CONTEXT, r.routing_context)
    _put(r.paths.table, NETWORK_APPEARANCE, r.network_appearance)
    _put(r.paths.table, OPC, r.opc)
    _put(r.paths.table, DPC, r.dpc)
    _put(r.paths.table, NETWORK_INDICATOR, r.network_indicator)
    _put(r.paths.table, SCCP_TYPE, r.sccp_type)
    _put(r.paths.table, POINT_CODE_BITS, r.point_code_bits)
    return r.paths.keep(0, 1)


@cython.cfunc
@cython.nogil
def _put(table: Table, column: cython.int, value: cython.longlong) -> cython.int:
    return 0 if value == NONE else put(table, column, value)
