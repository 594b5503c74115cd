"""Each trick of evasion is named, and the operation behind it is still found and screened."""

from pathlib import Path
from typing import Any

import pytest

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.scenes.cast import own_imsi
from tests.scenes.disguise import TRICKS, VARIATIONS
from tests.scenes.evasion import one_trick
from tests.scenes.files import pcap

NETWORK = Path(__file__).parents[1] / "pcaps" / "network.toml"
PROVIDE_SUBSCRIBER_INFO = 70


def audited(path: Path) -> tuple[list[Any], list[dict[str, Any]]]:
    """Operation and IMSI of each invoke, and the findings."""
    with connected(Path(":memory:")) as connection:
        assert not ingest(connection, [path]).failed
        detect.run(connection, network.load(NETWORK))
        asked = connection.execute(
            "select opcode, imsi from map_component where component_type = 161 order by component"
        ).fetchall()
        return asked, document(connection)["findings"]


def test_there_are_eleven_tricks() -> None:
    assert len(TRICKS) == 11


@pytest.mark.parametrize("told", [*TRICKS, *VARIATIONS])
def test_a_trick_is_named_and_the_request_behind_it_is_screened(told: str, tmp_path: Path) -> None:
    trick, detector = (TRICKS | VARIATIONS)[told]
    path = tmp_path / "trick.pcap"
    path.write_bytes(pcap(one_trick(trick, 301).frames()))
    asked, (finding,) = audited(path)
    assert asked[0] == (PROVIDE_SUBSCRIBER_INFO, own_imsi(301))
    assert {detector, "MAP-LOC-02"} <= {finding["detector"], *finding["also"]}
    assert finding["subscriber"]["imsi"] == own_imsi(301)
    assert (finding["answer"], finding["severity"] in ("high", "critical")) == ("answered", True)
