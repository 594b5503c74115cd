"""Digits as signalling carries them, two in an octet (TS 29.002 17.7.8, TS 23.003 2.2)."""


def tbcd(digits: str) -> bytes:
    """An IMSI's octets: low nibble first, an odd count filled up with F."""
    padded = digits + "f" * (len(digits) % 2)
    return bytes(int(padded[i + 1] + padded[i], 16) for i in range(0, len(padded), 2))


def address(digits: str, nature_and_plan: int = 0x91) -> bytes:
    """An ISDN-AddressString; 0x91 is an international number of plan E.164."""
    return bytes([nature_and_plan]) + tbcd(digits)


def plmn(mcc: str, mnc: str) -> bytes:
    """A PLMN-Id of three octets, MNC of two digits (TS 29.002 17.7.8)."""
    return tbcd(mcc + "f" + mnc)


def cell(mcc: str, mnc: str, area: int, identity: int) -> bytes:
    """A CellGlobalIdOrServiceAreaIdFixedLength (TS 29.002 17.7.8)."""
    return plmn(mcc, mnc) + area.to_bytes(2, "big") + identity.to_bytes(2, "big")
