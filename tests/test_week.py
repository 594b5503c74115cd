"""The generated week: the same for the same seed, read alike by pycrate, quiet without attacks."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from pycrate_asn1dir import TCAP_CAP

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests import parity
from tests.quality.intervals import poisson, wilson
from tests.quality.judge import MEDIUM, Finding, judge, rank
from tests.week import audited, benign, transactions, world
from tests.week.calls import CAMEL_2, initial
from tests.week.generate import generate
from tests.week.links import FILES
from tests.week.story import Attack, Week
from tests.week.writer import Place, write

MESSAGES = 6000
CAP = b"\x12\x92"  # an address with subsystem 146


@pytest.fixture(scope="module")
def week() -> Week:
    return generate(MESSAGES, seed=7)


def test_one_seed_one_week(week: Week, tmp_path: Path) -> None:
    again, other = generate(MESSAGES, seed=7), generate(MESSAGES, seed=8)
    assert again.sent == week.sent
    assert again.attacks == week.attacks
    assert other.sent != week.sent


def test_about_one_message_in_sixty_one_is_part_of_an_attack(week: Week) -> None:
    hostile = sum(sent.attack > 0 for sent in week.sent)
    assert 55 <= (len(week.sent) - hostile) / hostile <= 62


def test_labels_name_messages_that_are_there(week: Week, tmp_path: Path) -> None:
    frames = write(week, tmp_path)
    assert set(frames) == {attack.number for attack in week.attacks}
    with connected(Path(":memory:")) as connection:
        assert not ingest(connection, sorted(tmp_path.glob("*.pcap"))).failed
        there = connection.execute(
            """
            select name, frame, message
            from (
              select id, frame, message from map_common
              union all select id, frame, message from cap_component
              union all select id, frame, message from diameter_common
            ) common
            join input on input_id = common.id >> 40
            """
        ).fetchall()
        problems = connection.execute("select layer, reason from problem").fetchall()
    assert {place for mine in frames.values() for place in mine} <= set(there)
    assert not problems


def test_pycrate_reads_the_same(week: Week, tmp_path: Path) -> None:
    """A sample of the everyday messages of MAP, every column of which pycrate decodes too."""
    everyday = [sent for sent in week.sent if not sent.attack and CAP not in sent.octets]
    sample = Week(week.seed, sent=sorted(Random(1).sample(everyday, 400)))
    write(sample, tmp_path)
    paths = sorted(tmp_path.glob("*.pcap"))
    assert len(paths) == len(FILES)
    with ProcessPoolExecutor(1) as processes:
        for compared in processes.map(parity.with_pycrate, paths):
            assert not compared.differences


def test_everyday_traffic_gives_nothing_to_look_at(tmp_path: Path) -> None:
    """The contract: traffic that a network without attackers carries yields no medium finding."""
    made = Week(9)
    benign.fill(made, MESSAGES)
    write(made, tmp_path)
    told = [finding for finding in findings(tmp_path) if rank(finding) >= MEDIUM]
    assert not told, Counter(finding["detector"] for finding in told)


def findings(directory: Path) -> list[Finding]:
    """Of the captures in this folder."""
    with connected(Path(":memory:")) as connection:
        assert not ingest(connection, sorted(directory.glob("*.pcap"))).failed
        detect.run(connection, network.load(audited.write(directory)))
        found: list[Finding] = document(connection)["findings"]
        return found


def test_nobody_has_the_numbers() -> None:
    """Subscribers' numbers are invalid by the numbering plans, but for those kept for fiction."""
    networks = [each for each in vars(world).values() if isinstance(each, world.Network)]
    for each in networks:
        for number in (1, 4711, 99_999):
            parsed = phonenumbers.parse(f"+{each.msisdn(number)}")
            assert not phonenumbers.is_valid_number(parsed), each
    assert len(networks) > 20


def test_a_call_with_camel() -> None:
    """initialDP as pycrate decodes it."""
    octets = initial("620990000000001", "233615000001", "233615000002", "233613000001")
    message = TCAP_CAP.TCAP_CAP_Messages.TCAP_CAP_Message
    invoke = transactions.invoke(0, octets)
    message.from_ber(transactions.begin(b"\0\0\0\1", transactions.asked(CAMEL_2), invoke))
    component = message.get_val()[1]["components"][0][1][1]
    assert component["argument"][0] == "InitialDPArg"
    told = component["argument"][1]
    assert told["eventTypeBCSM"] == "collectedInfo"
    assert told["iMSI"].hex() == "26900900000000f1"
    assert told["calledPartyBCDNumber"].hex() == "91326351000020"


def finding(detector: str, severity: str, *places: Place, **named: str) -> Finding:
    """A finding as in findings.json, as far as the judge looks."""
    return {
        "detector": detector, "also": [], "severity": severity,
        "subscriber": {"imsi": named.get("imsi"), "msisdn": None},
        "source": {"gt": named.get("gt"), "host": None, "realm": None, "agent": None},
        "evidence": [{"file": file, "frame": f, "message": m} for file, f, m in places],
    }  # fmt: skip


ATTACK = Attack(1, "family", ("MAP-LOC-01",), True, True, frozenset({"620990000000001"}))
HERE, ELSEWHERE = ("a.pcap", 5, 1), ("a.pcap", 9, 1)


@pytest.mark.parametrize(
    ("told", "found", "false"),
    [
        (finding("MAP-LOC-01", "medium", HERE, imsi="620990000000001"), 1, 0),
        (finding("MAP-LOC-01", "low", HERE, imsi="620990000000001"), 0, 0),
        (finding("MAP-LOC-02", "high", HERE, imsi="620990000000001"), 0, 0),
        (finding("MAP-LOC-01", "high", ELSEWHERE, imsi="620990000000001"), 0, 1),
        (finding("MAP-LOC-01", "high", HERE, imsi="620990000000002"), 0, 0),
        (finding("MAP-LOC-01", "low", ELSEWHERE, imsi="620990000000001"), 0, 0),
    ],
)
def test_what_finds_an_attack_and_what_is_false(told: Finding, found: int, false: int) -> None:
    verdict = judge([told], [ATTACK], {1: [HERE]}, 100)
    assert (len(verdict.found), len(verdict.false)) == (found, false)


def test_intervals() -> None:
    """Values of R: binom.confint(8, 10, methods="wilson"), poisson.test(5), poisson.test(0)."""
    assert wilson(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-5)
    assert poisson(5) == pytest.approx((1.623486, 11.668332), abs=1e-5)
    assert poisson(0) == pytest.approx((0.0, 3.688879), abs=1e-5)
