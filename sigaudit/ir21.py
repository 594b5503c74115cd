"""Partners' IR.21 files: what RAEX XML says of a network, as a roaming partner.

Of both generations of the schema the same names are read, wherever they stand.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pycrate_mobile.MCC_MNC import CC2_CC3_dict
from pydantic import ValidationError

from sigaudit.errors import UsageError, printable
from sigaudit.ir21_xml import by_name, child, local, read
from sigaudit.network_parties import NodeKind, Nodes, RoamingPartner
from sigaudit.number_ranges import prefixes

COUNTRIES = {three: two for two, three in CC2_CC3_dict.items()} | {"XKX": "XK", "KOS": "XK"}
Elements = dict[str, list[Element]]  # of a file, by name
MOST_FILES = 5000
MOST_PREFIXES = 100_000  # of one file
NODE_KINDS: dict[str, NodeKind] = {  # words of NwElementType
    "HLR": "hlr",
    "HSS": "hlr",
    "MSC": "msc",
    "MSS": "msc",
    "VLR": "vlr",
    "SGSN": "sgsn",
    "SMSC": "smsc",
    "SCP": "gsmscf",
    "GMLC": "gmlc",
    "EIR": "eir",
}


class Ir21File(NamedTuple):
    """One file: its name, the SHA-256 of its content, its date, and the network that it tells."""

    name: str
    sha256: str
    made_at: datetime | None  # UTC without offset
    partner: RoamingPartner


def read_all(folder: Path, patterns: Iterable[str]) -> list[Ir21File]:
    """The files that match, by name; patterns are relative to the folder of network.toml."""
    found = {path for pattern in patterns for path in _matching(folder, pattern)}
    if len(found) > MOST_FILES:
        raise UsageError(f"ir21.files: {len(found)} files; name fewer than {MOST_FILES}")
    return [read_file(path, _name(path, folder)) for path in sorted(found)]


def _matching(folder: Path, pattern: str) -> list[Path]:
    """What a pattern stands for; a folder stands for the .xml files in it."""
    whole = folder / pattern
    try:
        if whole.is_file():
            return [whole]
        if whole.is_dir():
            found = [path for path in whole.iterdir() if path.suffix.lower() == ".xml"]
        else:
            found = list(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))))
    except (OSError, ValueError, NotImplementedError) as error:
        raise UsageError(f"ir21.files: {pattern}: {error}") from None
    if not found:
        raise UsageError(f"ir21.files: {pattern}: no such file; paths are relative to {folder}")
    return [path for path in found if path.is_file()]


def _name(path: Path, folder: Path) -> str:
    """As people know it: below network.toml's folder, the path from there."""
    return printable(str(path.relative_to(folder) if path.is_relative_to(folder) else path))


def read_file(path: Path, name: str) -> Ir21File:
    """One IR.21 file; UsageError names the element that is wrong."""
    root, content = read(path, name)
    elements = by_name(root)
    try:
        partner = _partner(elements)
    except ValidationError as error:
        wrong = error.errors()[0]
        key, got = wrong["loc"][0], str(wrong["input"])[:60]
        raise UsageError(f"{name}: {key}: {wrong['msg']} (got {got!r}); mend the file") from None
    except ValueError as error:
        raise UsageError(f"{name}: {error}; mend the file") from None
    return Ir21File(name, hashlib.sha256(content).hexdigest(), _made_at(elements), partner)


def _partner(elements: Elements) -> RoamingPartner:
    tadigs = list(_texts(elements, "TADIGCode"))
    plmns = list(_plmns(elements))
    if not tadigs or not plmns:
        raise ValueError(
            f"{'CCITT_E212_NumberSeries' if tadigs else 'TADIGCode'}: required, absent"
        )
    titles = _ranges(elements, "GT_NumberRanges")
    names = [*_texts(elements, "OrganisationName"), *_texts(elements, "NetworkName"), tadigs[0]]
    return RoamingPartner(
        name=printable(names[0]),
        country=next((COUNTRIES.get(c) for c in _texts(elements, "CountryInitials")), None),
        tadigs=tadigs,
        plmns=plmns,
        global_titles=titles,
        msisdn_prefixes=_ranges(elements, "MSISDN_NumberRanges"),
        mobile_global_titles=_once(_mobile_titles(elements)),
        diameter_realms=_once(_realms(elements)),
        carriers=[printable(carrier) for carrier in _texts(elements, "SCCPCarrierName")],
        nodes=_nodes(elements),
    )


def _once(values: Iterable[str]) -> list[str]:
    """Each value once, in order; ValueError where a file holds far too many."""
    kept: dict[str, None] = {}
    for value in values:
        kept[value] = None
        if len(kept) > MOST_PREFIXES:
            raise ValueError(f"more than {MOST_PREFIXES} prefixes of one kind")
    return list(kept)


def _of(elements: Elements, *names: str) -> list[Element]:
    return [element for name in names for element in elements.get(name, [])]


def _texts(elements: Elements, name: str) -> list[str]:
    texts = (element.text for element in _of(elements, name))
    return _once(text.strip() for text in texts if text and text.strip())


def _plmns(elements: Elements) -> Iterator[str]:
    plmns = (
        f"{child(element, 'MCC') or ''}{child(element, 'MNC') or ''}"
        for element in _of(elements, "CCITT_E212_NumberSeries", "NetworkProperties")
    )
    return iter(_once(plmn for plmn in plmns if plmn))


def _mobile_titles(elements: Elements) -> Iterator[str]:
    for element in _of(elements, "CCITT_E214_MGT"):
        if code := child(element, "MGT_CC"):
            yield code + (child(element, "MGT_NC") or "")


def _realms(elements: Elements) -> Iterator[str]:
    """Realms other than those of 3GPP form, which the PLMNs tell already."""
    names = [name for name in elements if "realm" in name.lower()]
    for text in (text.lower() for name in names for text in _texts(elements, name)):
        if re.fullmatch(r"[a-z0-9_.-]+\.[a-z]+", text) and not text.endswith("3gppnetwork.org"):
            yield text


def _ranges(elements: Elements, name: str) -> list[str]:
    return _once(
        prefix
        for section in _of(elements, name)
        for element in section.iter()
        for prefix in _prefixes(element)
    )


def _prefixes(element: Element) -> list[str]:
    """The prefixes of an element with country code, destination code and subscriber numbers."""
    if not (code := child(element, "CC")):
        return []
    start = code + (child(element, "NDC") or "")
    bounds = [
        (child(inner, "SN_RangeStart") or "", child(inner, "SN_RangeStop") or "")
        for inner in element.iter()
        if local(inner) == "SN_Range"
    ]
    return [
        start + prefix
        for first, last in bounds or [("", "")]
        for prefix in _between(first, last or first, start)
    ]


def _between(first: str, last: str, start: str) -> list[str]:
    for name, digits in (("SN_RangeStart", first), ("SN_RangeStop", last)):
        if not re.fullmatch("[0-9]{0,15}", digits) or len(start + digits) > 15:
            got = f"{start} {digits}"[:60]
            raise ValueError(f"{name}: expected up to 15 digits with CC and NDC (got {got!r})")
    found = prefixes(first or "0", last or "9") if first or last else [""]
    if not found:
        raise ValueError(f"SN_Range: {first} to {last} of {start} is empty; exchange its ends")
    return found


def _nodes(elements: Elements) -> Nodes:
    titles: dict[NodeKind, list[str]] = {}
    for element in _of(elements, "NwNode"):
        words = re.findall("[A-Z]+", (child(element, "NwElementType") or "").upper())
        found = [prefix for inner in element.iter() for prefix in _prefixes(inner)]
        for kind in dict.fromkeys(NODE_KINDS[word] for word in words if word in NODE_KINDS):
            titles.setdefault(kind, []).extend(found)
    return Nodes(**{kind: _once(found) for kind, found in titles.items()})


def _made_at(elements: Elements) -> datetime | None:
    """When the file was made, in UTC; None where it does not say so legibly."""
    for text in _texts(elements, "FileCreationTimestamp"):
        try:
            made_at = datetime.fromisoformat(text)
            return (made_at.astimezone(UTC) if made_at.tzinfo else made_at).replace(tzinfo=None)
        except (ValueError, OverflowError):
            return None
    return None
