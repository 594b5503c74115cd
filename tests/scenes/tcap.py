"""TCAP messages with MAP in them, encoded by pycrate (Q.773 3.1, TS 29.002 17.5)."""

from typing import Any

from pycrate_asn1dir import TCAP_MAPv2v3

from tests.scenes.digits import tbcd

MESSAGE = TCAP_MAPv2v3.TCAP_MAP_Messages.TCAP_MAP_Message
OPERATIONS = tuple(TCAP_MAPv2v3.GLOBAL.MOD["MAPv2v3-Protocol"]["Supported-MAP-Operations"]().root)
DIALOGUE = (0, 0, 17, 773, 1, 1, 1)
MAP_DIALOGUE = (0, 4, 0, 0, 1, 1, 1, 1)

Component = tuple[str, Any]

# The n of the context 0.4.0.0.1.0.n.v in which an operation opens a dialogue (TS 29.002 17.3.2).
CONTEXTS = {
    2: 1, 3: 2, 4: 3, 5: 22, 7: 16, 8: 16, 10: 18, 11: 18, 12: 18, 13: 18, 14: 18, 15: 39, 22: 5,
    23: 32, 24: 33, 37: 10, 43: 13, 44: 25, 45: 20, 46: 21, 47: 20, 50: 17, 55: 15, 56: 14, 57: 1,
    58: 26, 59: 19, 60: 19, 61: 19, 62: 43, 63: 20, 64: 23, 65: 43, 66: 24, 67: 27, 70: 28, 71: 29,
    83: 38, 85: 37, 89: 42,
}  # fmt: skip


def context(opcode: int, version: int) -> tuple[int, ...]:
    return (0, 4, 0, 0, 1, 0, CONTEXTS[opcode], version)


def type_of(opcode: int, version: int, which: str) -> tuple[str, str]:
    """ASN.1 module and name of an operation's `ArgumentType` or `ResultType`.

    Versions 1 and 2 share one module. Raises KeyError where there is none.
    """
    found: dict[bool, tuple[str, str]] = {}
    for operation in OPERATIONS:
        declared = operation.get(which)
        if operation["operationCode"] == ("local", opcode) and declared and declared._typeref:
            module, name = declared._typeref.called
            found[module.startswith("MAPv2")] = (module, name)
    return found.get(version < 3) or found[version >= 3]


def invoke(opcode: int, argument: Any, invoke_id: int = 1, version: int = 3) -> Component:
    body: dict[str, Any] = {"invokeId": ("present", invoke_id), "opcode": ("local", opcode)}
    if argument is not None:
        body["argument"] = (type_of(opcode, version, "ArgumentType"), argument)
    return ("basicROS", ("invoke", body))


def result(opcode: int, value: Any = None, invoke_id: int = 1, version: int = 3) -> Component:
    """A returnResultLast; without a value it does not name its operation (Q.773 3.1)."""
    body: dict[str, Any] = {"invokeId": ("present", invoke_id)}
    if value is not None:
        kind = type_of(opcode, version, "ResultType")
        body["result"] = {"opcode": ("local", opcode), "result": (kind, value)}
    return ("basicROS", ("returnResult", body))


def error(code: int, invoke_id: int = 1) -> Component:
    return (
        "basicROS",
        ("returnError", {"invokeId": ("present", invoke_id), "errcode": ("local", code)}),
    )


def dialogue(kind: str, application_context: tuple[int, ...], **more: Any) -> dict[str, Any]:
    pdu = (kind, {"application-context-name": application_context} | more)
    return {"direct-reference": DIALOGUE, "encoding": ("single-ASN1-type", ("DialoguePDU", pdu))}


def request(application_context: tuple[int, ...], about: str | None = None) -> dict[str, Any]:
    """An AARQ (Q.773 3.2); it may name the IMSI that it is about (TS 29.002 7.3.1, 17.4)."""
    if about is None:
        return dialogue("dialogueRequest", application_context)
    opening = {"destinationReference": bytes([0x96]) + tbcd(about)}
    information = {
        "direct-reference": MAP_DIALOGUE,
        "encoding": ("single-ASN1-type", ("MAP-DialoguePDU", ("map-open", opening))),
    }
    return dialogue("dialogueRequest", application_context, **{"user-information": [information]})


def response(application_context: tuple[int, ...]) -> dict[str, Any]:
    """An AARE that accepts (Q.773 3.2)."""
    accepted = {"result": 0, "result-source-diagnostic": ("dialogue-service-user", 0)}
    return dialogue("dialogueResponse", application_context, **accepted)


def refusal(application_context: tuple[int, ...]) -> dict[str, Any]:
    """An AARE that rejects the application context, for an abort."""
    rejected = {"result": 1, "result-source-diagnostic": ("dialogue-service-user", 2)}
    return dialogue("dialogueResponse", application_context, **rejected)


def encode(kind: str, body: dict[str, Any]) -> bytes:
    MESSAGE.set_val((kind, {name: value for name, value in body.items() if value}))
    return bytes(MESSAGE.to_ber())


def identifier(number: int, octets: int = 4) -> bytes:
    return number.to_bytes(octets, "big")


def begin(otid: int, components: list[Component], portion: dict[str, Any] | None) -> bytes:
    body = {"otid": identifier(otid), "dialoguePortion": portion, "components": components}
    return encode("begin", body)


def proceed(
    otid: int, dtid: int, components: list[Component], portion: dict[str, Any] | None
) -> bytes:
    """A TC-CONTINUE."""
    body = {"otid": identifier(otid), "dtid": identifier(dtid), "dialoguePortion": portion}
    return encode("continue", body | {"components": components})


def end(dtid: int, components: list[Component], portion: dict[str, Any] | None) -> bytes:
    body = {"dtid": identifier(dtid), "dialoguePortion": portion, "components": components}
    return encode("end", body)


def abort(dtid: int, reason: tuple[str, Any]) -> bytes:
    """A TC-ABORT; reason is `("p-abortCause", n)` or `("u-abortCause", dialogue portion)`."""
    return encode("abort", {"dtid": identifier(dtid), "reason": reason})


def content(element: bytes) -> tuple[int, int]:
    """Where the content of a BER element starts and ends; tags of one octet, definite lengths."""
    if element[1] < 0x80:
        return 2, 2 + element[1]
    start = 2 + (element[1] & 0x7F)
    return start, start + int.from_bytes(element[2:start], "big")


def indefinite(elements: bytes, depth: int = 2) -> bytes:
    """The same BER elements with lengths left open, to that depth (X.690 8.1.3.6)."""
    parts = []
    while elements:
        start, stop = content(elements)
        tag, inside = elements[:1], elements[start:stop]
        if tag[0] & 0x20 and depth:
            parts.append(tag + b"\x80" + indefinite(inside, depth - 1) + b"\x00\x00")
        else:
            parts.append(elements[:stop])
        elements = elements[stop:]
    return b"".join(parts)
