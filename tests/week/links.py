"""The links that are captured, and what a capture of a link is called."""

from tests.scenes.dialogue import Way
from tests.scenes.frames import Path
from tests.scenes.sigtran import NATIONAL

# From the two international carriers to the own STP, from the STP to the own HLR and MSC, and from
# the other operator of the country.
CARRIERS = (
    Way(Path("198.51.100.7", "192.0.2.10"), "2-100-1", "2-50-2"),
    Way(Path("198.51.100.9", "192.0.2.10"), "2-100-2", "2-50-2"),
)
INSIDE = Way(Path("192.0.2.10", "192.0.2.20"), "2-50-2", "2-50-3", NATIONAL)
FROM_NEIGHBOUR = Way(Path("192.0.2.40", "192.0.2.10"), "2-50-9", "2-50-2", NATIONAL)
IPX = Path("198.51.100.8", "192.0.2.11")  # from the IPX's Diameter agent to the own one
CORE_AGENT = Path("192.0.2.11", "192.0.2.21")  # from the own agent to the HSS

FILES = {
    frozenset((path.source, path.destination)): name
    for name, path in (
        ("intl_stp_a.pcap", CARRIERS[0].path),
        ("intl_stp_b.pcap", CARRIERS[1].path),
        ("core_stp.pcap", INSIDE.path),
        ("national_stp.pcap", FROM_NEIGHBOUR.path),
        ("intl_ipx.pcap", IPX),
        ("core_dra.pcap", CORE_AGENT),
    )
}


def file_of(path: Path) -> str:
    return FILES[frozenset((path.source, path.destination))]
