"""What is made wrong for the fuzzing is sound before: the same message comes out of every way."""

from itertools import product
from random import Random

import pytest

from tests import links
from tests.carried import LINKS, SCCP, SCTP, SUA_WAYS, USERS, in_segments_of_tcp
from tests.everywhere import Everywhere
from tests.ip_pieces import in_ip_fragments
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes import diameter
from tests.scenes.digits import address, tbcd
from tests.scenes.frames import M3UA, SUA
from tests.templates import TCP_PROTOCOL, templates
from tests.walked import Walked, walked

ARGUMENT = element(
    "30", element("04", tbcd("620990000000001")), element("81", address("447700900070"))
)
TCAP = begin(dialogue("04 00 00 01 00 01 03"), components(invoke(2, ARGUMENT)))
TEMPLATES = templates()
PLAIN = TEMPLATES["Ethernet, IPv4"]


def read(frames: list[links.Frame]) -> Walked:
    found = walked(links.capture(frames))
    assert not found["problem"], found["problem"]
    return found


def imsis(frames: list[links.Frame]) -> list[str]:
    return [row["imsi"] for row in read(frames)["map_component"]]


def in_plain(packets: list[bytes]) -> list[links.Frame]:
    return [(PLAIN.link_type, PLAIN.around(packet)) for packet in packets]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_link(name: str) -> None:
    template = TEMPLATES[name]
    (sccp,) = SCCP["UDT"](TCAP, Random(1))
    (packet,) = SCTP["SCTP"]([USERS["M3UA"][1](sccp, 14)], M3UA, Random(1))
    frame = (template.link_type, template.around(packet))
    assert imsis([frame]) == ["620990000000001"]
    assert imsis(in_ip_fragments(frame, Random(2))) == ["620990000000001"]


@pytest.mark.parametrize("bits", [14, 24])
@pytest.mark.parametrize(("sccp", "user"), [*product(SCCP, USERS)])
def test_every_message_of_sccp_and_user_of_sctp(sccp: str, user: str, bits: int) -> None:
    random = Random(1)
    protocol, carry = USERS[user]
    messages = [carry(each, bits) for each in SCCP[sccp](TCAP, random)]
    for pack in SCTP.values():
        assert imsis(in_plain(pack(messages, protocol, random))) == ["620990000000001"]


@pytest.mark.parametrize("name", SUA_WAYS)
def test_sua(name: str) -> None:
    messages = SUA_WAYS[name](TCAP, Random(1))
    assert imsis(in_plain(SCTP["SCTP"](messages, SUA, Random(1)))) == ["620990000000001"]


@pytest.mark.parametrize("bits", [14, 24])
@pytest.mark.parametrize(("sccp", "link"), [*product(SCCP, LINKS)])
def test_every_signalling_link(sccp: str, link: str, bits: int) -> None:
    random = Random(3)
    link_type, carry = LINKS[link]
    frames = [(link_type, carry(each, bits)) for each in SCCP[sccp](TCAP, random)]
    assert imsis(frames) == ["620990000000001"]


@pytest.mark.parametrize("seed", range(10))
def test_tcp(seed: int) -> None:
    messages = [diameter.message(316, True, n, 1, diameter.origin("a", "b")) for n in (1, 2)]
    packets = in_segments_of_tcp(messages, 0, Random(seed))
    frames = [(PLAIN.link_type, PLAIN.around(packet, TCP_PROTOCOL)) for packet in packets]
    found = read(frames)
    assert [row["hop_by_hop"] for row in found["diameter_message"]] == [1, 2]


def test_everything_is_tried() -> None:
    """Each link, and each way in it."""
    everywhere = Everywhere()
    everywhere.frames(Random(1), 20_000)
    names = {name for _, name in everywhere.tried}
    assert names >= {*TEMPLATES, *LINKS, *SCCP, *USERS, *SUA_WAYS, *SCTP, "TCP", "fragments"}
