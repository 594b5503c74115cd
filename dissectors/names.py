"""Names of what stands on the wire as a number, from pycrate's and scapy's own specifications.

A number without a name gives None: what to print instead is the caller's choice. The
specifications are imported at the first question, so importing this module costs nothing.
"""

import re
from functools import cache
from typing import Any

from dissectors.diameter_results import EXPERIMENTAL_RESULTS, RESULTS

# Neither library has a table of these two (Q.773 3.1 and 3.3).
TCAP_TYPES = {
    97: "unidirectional",
    98: "begin",
    100: "end",
    101: "continue",
    103: "abort",
}
COMPONENT_TYPES = {
    161: "invoke",
    162: "returnResultLast",
    163: "returnError",
    164: "reject",
    167: "returnResultNotLast",
}


def operation(opcode: int) -> str | None:
    """MAP operation of a local code, as 'updateLocation' (TS 29.002 17.5)."""
    return _local_codes("Operations", "operationCode").get(opcode)


def operations() -> dict[int, str]:
    """All MAP operations by local code (TS 29.002 17.5)."""
    return dict(_local_codes("Operations", "operationCode"))


def error(code: int) -> str | None:
    """MAP error of a local code, as 'absentSubscriber' (TS 29.002 17.6)."""
    return _local_codes("Errors", "errorCode").get(code)


def errors() -> dict[int, str]:
    """All MAP errors by local code (TS 29.002 17.6)."""
    return dict(_local_codes("Errors", "errorCode"))


def application_context(number: int) -> str | None:
    """MAP application context n of 0.4.0.0.1.0.n.v, as 'networkLocUp' (TS 29.002 17.3.2)."""
    return _application_contexts().get(number)


def cap_operation(opcode: int) -> str | None:
    """CAP operation of a local code, as 'initialDP' (TS 29.078 5.3)."""
    return cap_operations().get(opcode)


def cap_operations() -> dict[int, str]:
    """All CAP operations by local code, as 'initialDP' (TS 29.078 5.3)."""
    return _cap_codes("CAP-operationcodes", "opcode-")


def cap_errors() -> dict[int, str]:
    """All CAP errors by local code, as 'missingParameter' (TS 29.078 5.2)."""
    return _cap_codes("CAP-errorcodes", "errcode-")


def subsystem(number: int) -> str | None:
    """SCCP subsystem, as 'home location register (HLR)' (TS 23.003 8.2)."""
    return _sccp("_SSN_dict").get(number)


def sccp_message(number: int) -> str | None:
    """SCCP message type, as 'UDT' (Q.713 2.1)."""
    return _sccp("_SCCPType_dict").get(number)


def diameter_application(application_id: int) -> str | None:
    """Diameter application, as '3GPP S6a/S6d' (RFC 6733 11.3)."""
    from scapy.contrib.diameter import AppIDsEnum

    name = AppIDsEnum.get(application_id)
    return name.replace("_", " ").strip() if name else _iana("AppID_dict").get(application_id)


def diameter_command(code: int, is_request: bool) -> str | None:
    """Diameter command, as 'Update-Location-Request'; a code means the same in every application.

    3GPP's prefix of IANA's names is dropped (RFC 6733 3.1, TS 29.230 5).
    """
    from scapy.contrib.diameter import DR_cmd_def

    # IANA's list, 'Reset-Request/Answer (RSR/RSA)', has only initials for the base protocol.
    iana = re.match(r"(?:3GPP-)?(.*?)[- ]Request\b", _iana("Cmd_dict").get(code, ""))
    stem = DR_cmd_def[code][0] if code in DR_cmd_def else iana and iana[1]
    return f"{stem}-{'Request' if is_request else 'Answer'}" if stem else None


def diameter_commands() -> set[str]:
    """Names of all Diameter commands, without -Request and -Answer."""
    from scapy.contrib.diameter import DR_cmd_def

    named = (diameter_command(code, True) for code in {*DR_cmd_def, *_iana("Cmd_dict")})
    return {name.removesuffix("-Request") for name in named if name}


def diameter_results(experimental: bool = False) -> dict[int, str]:
    """Result-Code, or Experimental-Result-Code, as 'DIAMETER_SUCCESS' (RFC 6733 7.1, 7.7)."""
    from scapy.contrib.diameter import AVP_0_268, AVP_0_298

    codes: Any = (AVP_0_298 if experimental else AVP_0_268).fields_desc[-1]
    return dict(codes.i2s) | (EXPERIMENTAL_RESULTS if experimental else RESULTS)


@cache
def _cap_codes(module: str, prefix: str) -> dict[int, str]:
    from pycrate_asn1dir import TCAP_CAP

    codes = TCAP_CAP.GLOBAL.MOD[module]
    return {codes[name]._val[1]: name.removeprefix(prefix) for name in codes["_val_"]}


@cache
def _local_codes(kind: str, member: str) -> dict[int, str]:
    """Local codes in all MAP modules whose name ends on `kind`, the newest version's name first."""
    found: dict[int, str] = {}
    for item in _map_objects(kind):
        value = item._val if isinstance(item._val, dict) else {}
        form, code = value.get(member, ("", 0))
        if form == "local":
            found.setdefault(code, item._name)
    return found


@cache
def _application_contexts() -> dict[int, str]:
    found: dict[int, str] = {}
    for item in _map_objects("ApplicationContexts"):
        if len(item._val) == 8:
            found.setdefault(item._val[6], re.sub(r"-?(Context)?-v\d$", "", item._name))
    return found


def _map_objects(kind: str) -> list[Any]:
    """The objects with a value in pycrate's MAP modules of this kind, MAP version 2's last."""
    from pycrate_asn1dir import TCAP_MAPv2v3

    modules = [name for name in vars(TCAP_MAPv2v3) if re.fullmatch(rf"MAP(v2)?_.*{kind}", name)]
    modules.sort(key=lambda name: name.startswith("MAPv2"))
    objects = [item for name in modules for item in getattr(TCAP_MAPv2v3, name)._all_]
    return [item for item in objects if getattr(item, "_val", None)]


def _sccp(table: str) -> dict[int, str]:
    from pycrate_mobile import SCCP

    return dict(getattr(SCCP, table))


def _iana(table: str) -> dict[int, str]:
    from pycrate_diameter import iana_diameter_dicts

    return dict(getattr(iana_diameter_dicts, table))
