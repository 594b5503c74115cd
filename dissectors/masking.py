"""Where message text stands: the octets of SMS user data and USSD strings that nobody may see.

What is shown is what is known to hold none. So a message that is not valid BER, an unknown
operation and octets that belong to nothing are covered whole.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from dissectors.layers import Span
from dissectors.names import TCAP_TYPES, error, operation

DEEPEST = 32
DEEPEST_TOO_LONG = 3  # message, components, component and argument may claim more than there is
SHORT_MESSAGE = {44, 46}  # mt-forwardSM, mo-forwardSM (TS 29.002 17.5)
USSD = {19, 59, 60, 61}  # processUnstructuredSS-Data of version 1, then those of version 2
RADIO_SIGNALLING = {21, 29, 33, 34, 41, 42}  # group SMS, and radio messages with SMS inside
TEXT_BEARING = SHORT_MESSAGE | USSD | RADIO_SIGNALLING
PASSWORDS = {17, 18}  # registerPassword, getPassword: their results are call-barring passwords
# noteSubscriberDataModified, anyTimeSubscriptionInterrogation, anyTimeModification: they may hold
# such a password, four digits (TS 29.002 17.7.4)
PASSWORD_INSIDE = {5, 62, 65}
PASSWORD_LENGTH = 4
SM_DELIVERY_FAILURE = 32  # its diagnosticInfo is a TPDU (TS 29.002 17.6.6)
PLAIN_PORTIONS = {0x48, 0x49, 0x4A, 0x6B}  # transaction ids, abort cause, dialogue (Q.773 3.1)
COMPONENT_PORTION = 0x6C
INVOKE, RESULT_LAST, ERROR, REJECT, RESULT = 0xA1, 0xA2, 0xA3, 0xA4, 0xA7
INTEGER, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x04, 0x06, 0x30
PLAIN = {0x01, INTEGER, 0x05, 0x0A}  # BOOLEAN, INTEGER, NULL, ENUMERATED
LONGEST_ADDRESS = 20  # octets of an AddressString (TS 29.002 17.7.8)
LONGEST_TP_ADDRESS = 20  # semi-octets (TS 23.040 9.1.2.5)


def masked(length: int) -> str:
    """What stands in place of message text of this many octets."""
    return f"{'•' * length} ({length} octets of text, not shown)" if length else "(no text)"


class BerError(ValueError):
    """These octets are not valid BER."""


@dataclass
class Tlv:
    """One BER element; `tag` is its identifier octets as a number, offsets count from the data."""

    tag: int
    start: int
    content: int
    end: int  # behind the content
    children: list["Tlv"] = field(default_factory=list)
    constructed: bool = False

    def primitives(self) -> Iterator["Tlv"]:
        """The elements below that hold values, in the order of the wire."""
        if not self.constructed:
            yield self
        for child in self.children:
            yield from child.primitives()


def elements(data: bytes, start: int, end: int, depth: int = 0) -> list[Tlv]:
    """All elements between two offsets, with theirs (X.690 8.1); BerError if they do not fit."""
    found = []
    while start < end:
        one, start = element(data, start, end, depth)
        found.append(one)
    return found


def element(data: bytes, start: int, end: int, depth: int = 0) -> tuple[Tlv, int]:
    """The element that begins at `start`, and the offset behind it; BerError if it does not fit."""
    if depth > DEEPEST:
        raise BerError(f"more than {DEEPEST} elements inside each other")
    tag, position = _tag(data, start, end)
    constructed = bool(data[start] & 0x20)
    length, position = _length(data, position, end)
    if length is None and constructed:
        return _indefinite(data, tag, start, position, end, depth)
    if length is not None and constructed and depth <= DEEPEST_TOO_LONG:
        length = min(length, end - position)
    if length is None or length > end - position:
        raise BerError(f"a length at offset {start} that does not fit")
    children = elements(data, position, position + length, depth + 1) if constructed else []
    after = position + length
    return Tlv(tag, start, position, after, children, constructed), after


def _tag(data: bytes, position: int, end: int) -> tuple[int, int]:
    if position >= end:
        raise BerError("cut off in a tag")
    tag = data[position]
    position += 1
    more = tag & 0x1F == 0x1F
    while more:
        if position >= end or tag > 0xFFFFFF:
            raise BerError("cut off in a tag")
        tag = tag << 8 | data[position]
        more = data[position] >= 0x80
        position += 1
    return tag, position


def _length(data: bytes, position: int, end: int) -> tuple[int | None, int]:
    """The length, None for the indefinite form (X.690 8.1.3)."""
    if position >= end:
        raise BerError("cut off in a length")
    first = data[position]
    position += 1
    if first < 0x80:
        return first, position
    octets = first & 0x7F
    if octets == 0:
        return None, position
    if octets > end - position:
        raise BerError("cut off in a length")
    return int.from_bytes(data[position : position + octets]), position + octets


def _indefinite(
    data: bytes, tag: int, start: int, content: int, end: int, depth: int
) -> tuple[Tlv, int]:
    children = []
    position = content
    while data[position : position + 2] != b"\0\0" or end - position < 2:
        child, position = element(data, position, end, depth + 1)
        children.append(child)
    return Tlv(tag, start, content, position, children, True), position + 2


def tcap_text(data: bytes, cap_operations: Container[int] = ()) -> list[Span]:
    """Spans of a TCAP message that hold or may hold message text; BerError if it is not BER.

    `cap_operations`: in a CAP dialogue, the operation codes that are known beside MAP's.
    """
    message, after = element(data, 0, len(data))
    if message.tag not in TCAP_TYPES:
        return [(0, len(data))]
    spans = [(after, len(data))]
    for portion in message.children:
        if portion.tag == COMPONENT_PORTION:
            for component in portion.children:
                spans += _component_text(data, component, cap_operations)
        elif portion.tag not in PLAIN_PORTIONS:
            spans.append(_content(portion))
    return [span for span in spans if span[0] < span[1]]


def _component_text(data: bytes, component: Tlv, cap_operations: Container[int]) -> list[Span]:
    """Spans of one component (Q.773 3.1, X.880); all of it where its form is not the standard's."""
    code, parameters = _operation(component)
    if code is None or component.tag not in (INVOKE, RESULT_LAST, ERROR, RESULT):
        return [] if _holds_only_short_values(component) else [_content(component)]
    number = _code(data, code)
    if component.tag == ERROR:
        is_known, bears_text = error(number) is not None, number == SM_DELIVERY_FAILURE
    else:
        is_known = operation(number) is not None or number in cap_operations
        bears_text = number in TEXT_BEARING
    if not is_known:
        return [_content(parameter) for parameter in parameters]
    if number in PASSWORDS and component.tag in (RESULT_LAST, RESULT):
        return [_content(parameter) for parameter in parameters]
    if number in PASSWORD_INSIDE and component.tag != ERROR:
        inside = [element for parameter in parameters for element in parameter.primitives()]
        return [_content(element) for element in inside if _may_be_password(data, element)]
    return _parameter_text(data, component, number, parameters) if bears_text else []


def _may_be_password(data: bytes, element: Tlv) -> bool:
    value = data[element.content : element.end]
    return len(value) == PASSWORD_LENGTH and value.isdigit()


def _code(data: bytes, code: Tlv) -> int:
    """The local code, or the last arc of a global one; -1 where there is none."""
    if code.tag == INTEGER:
        return int.from_bytes(data[code.content : code.end], signed=True)
    return data[code.end - 1] if code.end > code.content else -1


def _operation(component: Tlv) -> tuple[Tlv | None, list[Tlv]]:
    """The element with the operation or error code of a component, and those of its parameter."""
    inner = component.children[1:]  # behind the invoke id
    if component.tag == INVOKE and inner and inner[0].tag == 0x80:  # linked id
        inner = inner[1:]
    if component.tag in (RESULT_LAST, RESULT) and inner and inner[0].tag == SEQUENCE:
        inner = inner[0].children + inner[1:]
    if inner and inner[0].tag in (INTEGER, OBJECT_IDENTIFIER):
        return inner[0], inner[1:]
    return None, inner


def _parameter_text(data: bytes, component: Tlv, number: int, parameters: list[Tlv]) -> list[Span]:
    strings = [t for p in parameters for t in p.children if t.tag == OCTET_STRING]
    others = [t for p in parameters for t in p.primitives() if t not in strings]
    spans = [_content(t) for t in others if not _is_short_value(t)]
    if number in SHORT_MESSAGE and len(strings) == 2 and _holds_imsi(data, strings[1]):
        strings = strings[:1]  # mo-forwardSM names the subscriber behind the sm-RP-UI
    if number in SHORT_MESSAGE and component.tag == INVOKE and len(strings) == 1:
        sm_rp_ui = strings[0]
        text = tpdu_text_start(data[sm_rp_ui.content : sm_rp_ui.end])
        return [*spans, (sm_rp_ui.content + text, sm_rp_ui.end)]
    if number in USSD and len(strings) == 2 and _holds_one_octet(strings[0]):
        strings = strings[1:]  # the first is the ussd-DataCodingScheme
    return spans + [_content(string) for string in strings]


def _holds_one_octet(element: Tlv) -> bool:
    return element.end - element.content == 1


def _holds_imsi(data: bytes, element: Tlv) -> bool:
    """Fifteen digits and the filler (TS 29.002 17.7.1): no alphabet of text ends on that."""
    nibbles = data[element.content : element.end].hex()
    return len(nibbles) == 16 and nibbles[-2] == "f" and (nibbles[:-2] + nibbles[-1]).isdigit()


def _is_short_value(element: Tlv) -> bool:
    """A number or an address: nothing that text fits into."""
    length = element.end - element.content
    is_context = element.tag & 0xC0 == 0x80 and element.tag < 0x100
    return (element.tag in PLAIN and length <= 4) or (is_context and length <= LONGEST_ADDRESS)


def _holds_only_short_values(component: Tlv) -> bool:
    return all(_is_short_value(element) for element in component.primitives())


def _content(element: Tlv) -> Span:
    return element.content, element.end


def tpdu_text_start(tpdu: bytes) -> int:
    """Offset of the user data behind TP-UDL in an SMS-DELIVER or SMS-SUBMIT (TS 23.040 9.2.2).

    Of any other TPDU, and where the address or the length is impossible, all but the first octet
    counts as text.
    """
    kind = tpdu[0] & 3 if tpdu else 3
    address = {0: 1, 1: 2}.get(kind)  # behind the first octet; behind TP-MR
    if address is None or len(tpdu) <= address or tpdu[address] > LONGEST_TP_ADDRESS:
        return 1
    validity = 7 if kind == 0 else (0, 7, 1, 7)[tpdu[0] >> 3 & 3]  # TP-SCTS, or TP-VP by TP-VPF
    start = address + 2 + (tpdu[address] + 1) // 2 + 2 + validity + 1
    return start if start <= len(tpdu) else 1
