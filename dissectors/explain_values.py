"""One ASN.1 value of MAP as a person reads it: digits, addresses, cells, names of operations."""

from typing import Any

from dissectors.names import application_context, error, operation

MAP_CONTEXTS = (0, 4, 0, 0, 1, 0)  # TS 29.002 17.3.2
ADDRESSES = {"AddressString", "ISDN-AddressString", "FTN-AddressString"}
DIGITS = {"TBCD-STRING", "IMSI", "IMEI"}
# pycrate's CAP names no types: the digits there by their ASN.1 names (TS 29.078 5.2)
CAP_DIGITS = {"iMSI", "iMEI"}
CAP_ADDRESSES = {"calledPartyBCDNumber", "destinationSubscriberNumber", "mSISDN", "mscAddress",
    "gmscAddress", "sMSCAddress", "gsmSCFAddress", "sgsn-Number"}  # fmt: skip
ISUP_NUMBERS = {"callingPartyNumber", "calledPartyNumber", "originalCalledPartyID",
    "redirectingPartyID", "locationNumber", "destinationRoutingAddress"}  # fmt: skip
CELLS = {"CellGlobalIdOrServiceAreaIdFixedLength", "LAIFixedLength", "PLMN-Id"}
NATURES = (
    "unknown nature",
    "international",
    "national",
    "network specific",
    "subscriber",
    "reserved",
    "abbreviated",
    "reserved for extension",
)  # TS 29.002 17.7.8
ISUP_NATURES = {1: "subscriber", 2: "unknown nature", 3: "national", 4: "international"}
PLANS = {
    0: "unknown plan",
    1: "E.164",
    3: "X.121",
    4: "F.69",
    6: "E.212",
    8: "national plan",
    9: "private plan",
}


def readable(name: str, asn1: Any, value: Any, content: bytes) -> str:
    """The value under this name; `asn1` is pycrate's type or None, `content` the octets."""
    types = _type_names(asn1)
    last = name.rpartition(".")[2].partition(" ")[0]
    if name.endswith("opcode.local"):
        return _named(value, operation(value))
    if name.endswith("errcode.local"):
        return _named(value, error(value))
    if isinstance(value, tuple):
        return _dotted(value) if len(value) > 2 else content.hex()
    if not isinstance(value, bytes):
        return "present" if not content else str(value)
    if types & ADDRESSES or (asn1 is None and last in CAP_ADDRESSES):
        return address(content)
    if types & DIGITS or (asn1 is None and last in CAP_DIGITS):
        return digits(content)
    if asn1 is None and last in ISUP_NUMBERS:
        return isup_number(content)
    if types & CELLS:
        return cell(content)
    return content.hex()


def _type_names(asn1: Any) -> set[str]:
    """The names of an ASN.1 type and of those that it is made from."""
    names: set[str] = set()
    while asn1 is not None and asn1._name not in names:
        names.add(asn1._name)
        asn1 = asn1._tr
    return names


def _named(number: int, name: str | None) -> str:
    return f"{number} ({name or 'unknown'})"


def _dotted(arcs: tuple[int, ...]) -> str:
    dotted = ".".join(map(str, arcs))
    if arcs[:6] == MAP_CONTEXTS and len(arcs) == 8:
        return f"{dotted} ({application_context(arcs[6]) or 'unknown context'}, version {arcs[7]})"
    return dotted


def identifier(octets: bytes) -> tuple[int, ...]:
    """The arcs of an object identifier (X.690 8.19)."""
    arcs, number = [], 0
    for octet in octets:
        number = number << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(number)
            number = 0
    first = min(arcs[0] // 40, 2) if arcs else 0
    return (first, arcs[0] - 40 * first, *arcs[1:]) if arcs else ()


def digits(octets: bytes) -> str:
    """Telephony BCD, low digit first, filler left out (TS 29.002 17.7.8)."""
    return "".join("0123456789*#abc"[n] for o in octets for n in (o & 15, o >> 4) if n < 15)


def title_digits(octets: bytes, is_odd: bool) -> str:
    """Address signals of a global title, codes above 9 in hex (Q.713 3.4.2.3.1)."""
    signals = "".join(f"{n:x}" for o in octets for n in (o & 15, o >> 4))
    return signals[:-1] if is_odd else signals


def address(octets: bytes) -> str:
    """An AddressString: digits with nature and numbering plan (TS 29.002 17.7.8)."""
    if not octets:
        return ""
    nature, plan = NATURES[octets[0] >> 4 & 7], octets[0] & 15
    return f"{digits(octets[1:])} ({nature}, {PLANS.get(plan, f'plan {plan}')})"


def isup_number(octets: bytes) -> str:
    """A number of ISUP: whether odd, nature, plan, then its digits (Q.763 3.9, 3.10)."""
    if len(octets) < 2:
        return octets.hex()
    nature, plan = octets[0] & 0x7F, octets[1] >> 4 & 7
    named = ISUP_NATURES.get(nature, f"nature {nature}")
    said = f"{named}, {PLANS.get(plan, f'plan {plan}')}"
    return f"{title_digits(octets[2:], bool(octets[0] & 0x80))} ({said})"


def cell(octets: bytes) -> str:
    """MCC-MNC, and location area and cell in hex where they are there (TS 24.008 10.5.1.3)."""
    if len(octets) < 3:
        return octets.hex()
    nibbles = [n for o in octets[:3] for n in (o & 15, o >> 4)]
    mcc, mnc = nibbles[:3], [*nibbles[4:6], nibbles[3]]
    plmn = "-".join("".join(f"{n:x}" for n in part if n < 15) for part in (mcc, mnc))
    return "-".join(
        [plmn, *(str(int.from_bytes(octets[i : i + 2])) for i in range(3, len(octets) - 1, 2))]
    )
