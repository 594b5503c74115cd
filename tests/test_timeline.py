"""The timeline of a subscriber, as a user prints it and as the report shows it."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigaudit.cli import app
from sigaudit.errors import UsageError
from sigaudit.subscriber_timeline import number_of

PCAPS = Path(__file__).parents[1] / "pcaps"
STORY = ("swap_gone_abroad.pcap", "swap_gone_abroad_swaps.csv", "swap_gone_abroad_dfs.jsonl")
VICTIM = "233590000411"


@pytest.fixture(name="audited", scope="module")
def audit_of_a_story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    for name in STORY:
        shutil.copy(PCAPS / name, folder)
    outcome = CliRunner().invoke(
        app,
        ["audit", str(folder), "--network", str(PCAPS / "network.toml"), "--out", f"{folder}/out"],
    )
    assert outcome.exit_code == 3, outcome.output
    return folder / "out"


def printed(audited: Path, *words: str) -> str:
    """Standard output of `sigaudit timeline`."""
    asked = ["timeline", *words, "--db", str(audited / "audit.duckdb")]
    outcome = CliRunner().invoke(app, asked)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_all_that_happened_is_there_by_time(audited: Path) -> None:
    """The scene: at home, swapped, registered abroad, the code delivered there, money."""
    events = json.loads(printed(audited, VICTIM, "--json"))["events"]
    kinds = [event["kind"] for event in events if event["kind"] != "subscription"]
    expected = ["registration", "swap", "swap", "registration", "password", "money"]
    assert kinds == expected
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    password = next(event for event in events if event["kind"] == "password")
    assert password["to"] == "447700900030"  # Partner UK's exchange
    first_sights = [event["what"] for event in events if "first seen" in event["what"]]
    assert len(first_sights) == 2
    assert "620990000000511" in first_sights[1]


def test_the_table_shows_it(audited: Path) -> None:
    text = printed(audited, "+233 59 000 0411")
    assert "swap done" in " ".join(text.split())
    assert "INVENTED" not in text  # no text of messages


def test_an_unknown_number_and_what_is_no_number(audited: Path) -> None:
    assert json.loads(printed(audited, "233590009999", "--json"))["events"] == []
    with pytest.raises(UsageError):
        number_of("+abc")


def test_the_report_draws_it(audited: Path) -> None:
    page = (audited / "report.html").read_text("utf-8")
    assert "Timeline of this subscriber" in page
    assert "updateLocation" in page and "620990000000511" in page


def test_with_a_key_no_number_is_told(audited: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a key of some length")
    key.chmod(0o600)
    text = printed(audited, VICTIM, "--json", "--pseudonymise", str(key))
    assert json.loads(text)["msisdn"].startswith("~") and json.loads(text)["events"]
    assert VICTIM not in text and "620990000000" not in text
