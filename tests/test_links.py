"""The same message gives the same rows, whatever link, tunnel or fragments it came in."""

from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from scapy.layers.inet import IP, UDP, fragment
from scapy.layers.l2 import GRE
from scapy.packet import Raw

from dissectors.explain import explain
from dissectors.explain_link import link_to_messages
from tests import tshark
from tests.links import (
    ETHER,
    INNER,
    INNER_6,
    OUTER,
    Frame,
    capture,
    every_link,
    exported,
    fragments,
    fragments_of_ipv6,
    links,
    links_of_ipv6,
    point_code_tags,
    renumbered,
    sctp,
)
from tests.mutation import FROM, TO, mutated
from tests.scenes import operations, tcap
from tests.scenes.sigtran import INTERNATIONAL, m3ua_data, udt
from tests.walked import Row, walked

BEGIN = tcap.begin(
    1,
    [tcap.invoke(*operations.update_location("620990000000001", "447700900070", "447700900071"))],
    tcap.request(tcap.context(2, 3)),
)
SCCP = udt(TO, FROM, BEGIN)
MESSAGE = m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, SCCP)
LINKS, LINKS_OF_IPV6 = links(MESSAGE), links_of_ipv6(MESSAGE)
PLAIN = {
    4: (1, bytes(ETHER / INNER / sctp(MESSAGE))),
    6: (1, bytes(ETHER / INNER_6 / sctp(MESSAGE))),
}
PLACE = ("id", "component_id", "frame", "seen_at")


def rows(*packets: Frame) -> list[Row]:
    """The MAP rows of frames, of which nothing is a problem, without their place."""
    found = walked(capture(list(packets)))
    assert not found["problem"], found["problem"]
    return [
        {name: value for name, value in row.items() if name not in PLACE}
        for row in found["map_component"]
    ]


def reasons(*packets: Frame) -> list[str]:
    problems = walked(capture(list(packets)))["problem"]
    return [f"{row['layer']}: {row['reason']}" for row in problems]


def test_known_message_has_a_row() -> None:
    (row,) = rows(PLAIN[4])
    assert row["imsi"] == "620990000000001"
    assert row["source_address"] == "198.51.100.7"


@pytest.mark.parametrize("name", LINKS)
def test_links_and_tunnels(name: str) -> None:
    assert rows(LINKS[name]) == rows(PLAIN[4])


@pytest.mark.parametrize("name", LINKS_OF_IPV6)
def test_links_and_tunnels_of_ipv6(name: str) -> None:
    assert rows(LINKS_OF_IPV6[name]) == rows(PLAIN[6])


def test_tshark_reads_the_same_in_them(tmp_path: Path) -> None:
    """So that what is tested is what others take for these links."""
    path = tmp_path / "links.pcapng"
    packets = [*LINKS.values(), *LINKS_OF_IPV6.values(), (252, exported(MESSAGE))]
    path.write_bytes(capture(renumbered(packets, MESSAGE)))
    frames = [row["frame"] for row in tshark.messages(path)["map_component"]]
    assert frames == list(range(1, len(packets) + 1))


def test_exported_messages() -> None:
    """They say nothing of SCTP's payload protocol."""
    (plain,) = rows(PLAIN[4])
    del plain["payload_protocol"]
    assert rows((252, exported(MESSAGE))) == [plain]
    del plain["routing_context"]
    ends = point_code_tags(plain["opc"], plain["dpc"], plain["network_indicator"])
    assert rows((252, ends + exported(SCCP, b"sccp"))) == [plain]
    del plain["opc"], plain["dpc"], plain["network_indicator"]
    assert rows((252, exported(SCCP, b"sccp"))) == [plain]


@pytest.mark.parametrize("name", [b"", b"m3ua_and_more", b"gsm_map", b"tcp.port", b"\0m3ua"])
def test_other_exported_messages_are_counted(name: bytes) -> None:
    counts = walked(capture([(252, exported(MESSAGE, name))]))["passed_over"]
    assert counts["exported pdu: messages of other protocols"] == 1


def test_what_is_passed_over_has_the_frame_at_which_it_was_met_first() -> None:
    other = (252, exported(MESSAGE, b"gsm_map"))
    found = walked(capture([PLAIN[4], other, PLAIN[6], other]))
    told = "exported pdu: messages of other protocols"
    assert found["passed_over"][told] == 2
    assert found["first_passed_over"] == {told: 2, "sctp: retransmitted chunks": 3}


@pytest.mark.parametrize("size", range(0, 60, 7))
def test_exported_tags_cut_short_are_told(size: int) -> None:
    assert reasons((252, exported(MESSAGE)[:size])) == [
        "exported pdu: tag does not fit into its frame"
    ]


@pytest.mark.parametrize(
    ("pieces", "version"), [(fragments(MESSAGE), 4), (fragments_of_ipv6(MESSAGE), 6)]
)
def test_fragments_in_any_order(pieces: list[Frame], version: int) -> None:
    assert len(pieces) == 4
    for order in permutations(pieces):
        assert rows(*order) == rows(PLAIN[version])


def test_rows_of_fragments_stand_where_tshark_has_them(tmp_path: Path) -> None:
    path = tmp_path / "fragments.pcapng"
    packets = renumbered(fragments(MESSAGE) + fragments_of_ipv6(MESSAGE)[::-1], MESSAGE)
    path.write_bytes(capture(packets))
    expected = [row["frame"] for row in tshark.messages(path)["map_component"]]
    assert (
        [row["frame"] for row in walked(path.read_bytes())["map_component"]] == expected == [4, 8]
    )


@pytest.mark.parametrize("pieces", [fragments(MESSAGE), fragments_of_ipv6(MESSAGE)])
def test_lost_fragment_is_told_where_its_packet_began(pieces: list[Frame]) -> None:
    found = walked(capture([PLAIN[4], *pieces[1:]]))
    assert [row["frame"] for row in found["problem"]] == [2]
    assert len(found["map_component"]) == 1


def changed(frame: Frame, at: int) -> Frame:
    octets = bytearray(frame[1])
    octets[at] ^= 0xFF
    return frame[0], bytes(octets)


OVERLAP = "ip: fragments overlap with other octets, the first counts"


@pytest.mark.parametrize("place", range(3))
def test_first_of_overlapping_fragments_counts(place: int) -> None:
    """RFC 5722: nobody but an attacker has them differ."""
    pieces = fragments(MESSAGE)
    again = [pieces[place], changed(pieces[place], -1)]
    rest = pieces[:place] + pieces[place + 1 :]
    assert rows(pieces[place], *pieces) == rows(PLAIN[4])
    assert reasons(*again, *rest) == [OVERLAP]
    found = walked(capture([*again, *rest]))
    assert [row["imsi"] for row in found["map_component"]] == ["620990000000001"]


def test_fragments_that_overlap_in_part_fill_the_gaps() -> None:
    pieces = fragments(MESSAGE, 48)[:1] + fragments(MESSAGE, 40)[1:]
    assert rows(*pieces) == rows(PLAIN[4])
    assert rows(*pieces[::-1]) == rows(PLAIN[4])


def test_tunnels_in_fragments() -> None:
    """A mirror that outgrew its network; of UDP the first fragment tells what it is."""
    for name in ("GRE", "VXLAN", "ERSPAN III", "IP in IP"):
        whole = IP(LINKS[name][1][14:])
        pieces = [(1, bytes(ETHER / part)) for part in fragment(whole, 48)]
        assert rows(*pieces) == rows(PLAIN[4]), name


def test_fragments_of_other_transports_are_not_kept() -> None:
    whole = INNER / UDP(sport=2152, dport=2152) / Raw(bytes(200))
    pieces = [(1, bytes(ETHER / part)) for part in fragment(whole, 48)]
    found = walked(capture(pieces))
    assert not found["problem"]
    counts = found["passed_over"]
    assert counts["ip: fragments of transports other than SCTP and TCP"] == len(pieces)


@pytest.mark.parametrize("depth", [15, 16, 2000])
def test_tunnels_are_bounded(depth: int) -> None:
    octets = bytes(INNER / sctp(MESSAGE))
    for _ in range(depth):
        octets = bytes(OUTER)[:2] + bytes(7) + b"\x04" + bytes(10) + octets
    found = walked(capture([(101, octets)]))
    assert len(found["map_component"]) == (depth <= 16)
    assert [row["reason"] for row in found["problem"]] == ["too many tunnels inside each other"] * (
        depth > 16
    )


def test_chain_of_fragments_is_bounded() -> None:
    """Each packet holds the fragment that completes the next one."""
    packets: list[Frame] = []
    octets = bytes(64)
    for number in range(200):
        first, last = (
            IP(src="192.0.2.1", dst="192.0.2.2", proto=4, id=number, flags=flags, frag=place)
            for flags, place in ((1, 0), (0, 1))
        )
        packets.append((101, bytes(last / Raw(octets[8:]))))
        octets = bytes(first / Raw(octets[:8]))
    assert "link: too many tunnels inside each other" in reasons(*packets, (101, octets))


@pytest.mark.parametrize("ethertype", [0, 1, 0xFFFF, 0x0806])
def test_what_else_tunnels_carry_is_counted(ethertype: int) -> None:
    frame = bytes(ETHER / OUTER / GRE(proto=ethertype) / Raw(bytes(40)))
    counts = walked(capture([PLAIN[4], (1, frame)]))["passed_over"]
    assert counts["link: frames that carry no IP"] == 1


def test_fragments_without_end_take_bounded_memory_and_are_told() -> None:
    first = bytes(IP(src="192.0.2.1", dst="192.0.2.2", proto=132, flags="MF") / Raw(bytes(8)))
    frames = [(101, first[:4] + number.to_bytes(2, "big") + first[6:]) for number in range(5000)]
    assert reasons(*frames) == ["ip: rest of a fragmented packet does not follow"] * 5000


@pytest.mark.parametrize(
    ("flags", "place", "size", "reason"),
    [
        ("MF", 0, 9, "fragment's length is not a multiple of 8, what is over is left out"),
        ("MF", 3, 0, "fragment without octets"),
        ("MF", 8191, 16, "fragments make more than 65,535 octets"),
    ],
)
def test_fragments_that_cannot_be_are_told(flags: str, place: int, size: int, reason: str) -> None:
    header = IP(src="192.0.2.1", dst="192.0.2.2", proto=132, flags=flags, frag=place)
    told = reasons((101, bytes(header / Raw(bytes(size)))))
    assert told[0] == f"ip: {reason}"


def test_ends_that_differ_are_told() -> None:
    pieces = fragments(MESSAGE)
    last = IP(pieces[2][1][14:])
    last.flags = 0
    told = reasons(*pieces[:2], pieces[3], (101, bytes(last)))
    assert told[0] == "ip: fragments give their packet different ends, the first counts"


def test_wrong_links_are_stood() -> None:
    random = Random(7)
    sound = every_link()
    packets = [(kind, mutated(octets, random)) for kind, octets in random.choices(sound, k=3000)]
    found = walked(capture(packets))
    assert found["frames"] == len(packets)
    assert "frame made a dissector fail" not in {row["reason"] for row in found["problem"]}


def test_every_link_is_explained() -> None:
    (_, plain) = PLAIN[4]
    *_, expected = link_to_messages(1, plain)
    names = [part.name for part in expected.walk()]
    for kind, octets in [*LINKS.values(), *LINKS_OF_IPV6.values(), (252, exported(MESSAGE))]:
        *_, layer = link_to_messages(kind, octets)
        assert layer.message == 1
        assert [part.name for part in layer.walk()] == names


@pytest.mark.parametrize("pieces", [fragments(MESSAGE), fragments_of_ipv6(MESSAGE)])
def test_nothing_of_a_later_fragment_is_explained(pieces: list[Frame]) -> None:
    """Octets of a message would be taken for headers, and shown."""
    for piece in pieces[1:]:
        header = 14 + (20 if piece[1][14] >> 4 == 4 else 56)
        assert explain(*piece).covered == [(header, len(piece[1]))]
