"""The payload protocols of SCTP by number, name and port (registries of IANA; RFC 9260 12.6)."""

import numpy as np
from numpy.typing import NDArray

from dissectors.reasons import passed_over

M2UA, M3UA, SUA, M2PA, DIAMETER, DIAMETER_DTLS = 2, 3, 4, 5, 46, 47
SGSAP = 74  # has no number; the first that is free stands for it
NUMBERS = 75

NAMES = {
    1: "IUA", M2UA: "M2UA", M3UA: "M3UA", SUA: "SUA", M2PA: "M2PA", 6: "V5UA", 7: "H.248",
    8: "BICC", 9: "TALI", 10: "DUA", 11: "ASAP", 12: "ENRP", 13: "H.323", 14: "Q.IPC",
    15: "SIMCO", 16: "DDP", 17: "DDP", 18: "S1AP", 19: "RUA", 20: "HNBAP", 21: "ForCES",
    22: "ForCES", 23: "ForCES", 24: "SBc-AP", 25: "NBAP", 27: "X2AP", 28: "IRCP", 29: "LCS-AP",
    31: "SABP", 42: "RNA", 43: "M2AP", 44: "M3AP", 45: "SSH", DIAMETER: "Diameter",
    DIAMETER_DTLS: "Diameter under DTLS", 48: "R14P", 50: "WebRTC", 51: "WebRTC", 52: "WebRTC",
    53: "WebRTC", 54: "WebRTC", 55: "PUA", 56: "WebRTC", 57: "WebRTC", 58: "XwAP", 59: "Xw",
    60: "NGAP", 61: "XnAP", 62: "F1AP", 63: "HTTP", 64: "E1AP", 65: "lawful interception",
    66: "NGAP under DTLS", 67: "XnAP under DTLS", 68: "F1AP under DTLS", 69: "E1AP under DTLS",
    70: "E2AP", 71: "E2AP", 72: "E2AP", 73: "W1AP", SGSAP: "SGsAP",
}  # fmt: skip
PORTS = {  # RFC 6733 2.1 has 5658 for DTLS, IANA's registry 5868
    2904: M2UA, 2905: M3UA, 2944: 7, 2945: 7, 3565: M2PA, 3868: DIAMETER, 5658: DIAMETER_DTLS,
    5868: DIAMETER_DTLS, 9082: 29, 9900: 1, 14001: SUA, 29118: SGSAP, 29168: 24, 29169: 19,
    36412: 18, 36422: 27, 36443: 43, 36444: 44, 37464: 70, 38412: 60, 38422: 61, 38462: 64,
    38472: 62,
}  # fmt: skip
OTHER = passed_over("sctp", "payloads of other protocols")
REASONS = {number: passed_over("sctp", f"payloads of {name}") for number, name in NAMES.items()}


def payload_reasons() -> NDArray[np.int32]:
    """What to say of a payload that is passed over, by the number of its protocol."""
    return np.array([REASONS.get(number, OTHER) for number in range(NUMBERS)], np.int32)


def protocols_by_port() -> NDArray[np.uint8]:
    """The number of the protocol that is registered for a port, or 0."""
    protocols = np.zeros(1 << 16, np.uint8)
    protocols[list(PORTS)] = list(PORTS.values())
    return protocols
