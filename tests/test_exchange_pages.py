"""docs/exchange.md and docs/privacy.md against the program."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from sigaudit import exchange, pseudonyms
from sigaudit.cli import app
from sigaudit.exchange import misp, ocsf, stix
from sigaudit.pseudonyms import Pseudonyms

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text("utf-8") for name in ("exchange", "privacy")}
COMMANDS = [line.strip() for text in PAGES.values() for line in text.splitlines()
            if line.startswith("    sigaudit ")]  # fmt: skip


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_are_as_written(line: str) -> None:
    command = get_command(app).commands[line.split()[1]]
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", line)) <= known


def test_every_form_is_described() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|", PAGES["exchange"], re.MULTILINE)
    assert tuple(told) == exchange.FORMATS


def test_numbers_of_the_exchange_page() -> None:
    text = " ".join(PAGES["exchange"].split())
    assert f"at most {misp.MOST_OBJECTS};" in text
    assert f"at most {stix.MOST_MESSAGES}, each" in text
    levels = {"critical and high": {"critical", "high"}, "medium": {"medium"},
              "low and info": {"low", "info"}}  # fmt: skip
    for words, names in levels.items():
        [level] = {misp.THREAT_LEVELS[name] for name in names}
        assert f"{words} {level}" in text
    [completely, usually, fairly, _] = misp.CONFIDENCES
    assert (
        f"completely from {completely[0]}, usually from {usually[0]}, fairly from {fairly[0]}"
        in text
    )
    [high, medium, _] = ocsf.CONFIDENCES
    assert f"High from {high[0]}, Medium from {medium[0]}" in text
    assert (ocsf.SEVERITIES["info"][0], ocsf.SEVERITIES["critical"][0]) == (1, 5)


def test_takers_of_a_key_are_those_of_the_privacy_page() -> None:
    [told] = re.findall(r"^(.*) take `--pseudonymise`", PAGES["privacy"], re.MULTILINE)
    takers = {
        name
        for name, command in get_command(app).commands.items()
        if any("--pseudonymise" in parameter.opts for parameter in command.params)
    }
    assert set(re.findall(r"`([a-z-]+)`", told)) == takers - {"extract"}


def test_facts_of_the_privacy_page() -> None:
    text = PAGES["privacy"]
    assert f"{pseudonyms.SHORTEST_KEY} octets or more" in text
    assert pseudonyms.SURE == 10
    assert re.fullmatch(r"~[A-Z2-7]{16}", Pseudonyms(b"k" * 16, ()).token("620990000000001"))
