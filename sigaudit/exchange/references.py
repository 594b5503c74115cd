"""References of findings as the catalogues name them, with the page where each is described."""

from typing import NamedTuple


class Reference(NamedTuple):
    """A technique: the catalogue's name in STIX, its id, its page (None where it has none)."""

    source: str
    id: str
    url: str | None


def reference(name: str) -> Reference:
    """ATT&CK (T1430.002), FiGHT (FGT5012.008), MoTIF of GSMA FS.57 (MOT5012.501), or another."""
    if name.startswith("FGT"):
        return Reference("mitre-fight", name, f"https://fight.mitre.org/techniques/{name}/")
    if name.startswith("MOT"):
        return Reference("gsma-motif", name, None)
    if name.startswith("T") and name[1:5].isdigit():
        path = name.replace(".", "/")
        return Reference("mitre-attack", name, f"https://attack.mitre.org/techniques/{path}/")
    return Reference("sigaudit", name, None)
