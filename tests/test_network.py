import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sigaudit import network
from sigaudit.errors import UsageError
from sigaudit.network_mistakes import mistake, models

PAGE = (Path(__file__).parent.parent / "docs" / "network.md").read_text(encoding="utf-8")
Write = Callable[[str | bytes], Path]
Mistakes = Callable[[str | bytes], list[str]]
EXAMPLE = PAGE.split("```toml\n")[1].split("```")[0]
REQUIRED = """
[operator]
name = "Example Mobile"
country = "GH"
plmns = ["62099"]
global_titles = ["23359"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a network.toml and give its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "network.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def mistakes(write: Write) -> Mistakes:
    """The lines of the error that a network.toml gives, without the file's name."""

    def mistakes(content: str | bytes) -> list[str]:
        path = write(content)
        with pytest.raises(UsageError) as error:
            network.load(path)
        lines = str(error.value).split("\n")
        assert all(line.startswith(f"{path}: ") for line in lines)
        return [line.removeprefix(f"{path}: ") for line in lines]

    return mistakes


def test_the_example_of_the_page(write: Write) -> None:
    example = network.load(write(EXAMPLE))
    assert example.operator.name == "Example Mobile"
    assert example.operator.timezone == "Africa/Accra"
    assert example.interconnect
    assert example.interconnect.peers == ["198.51.100.7"]
    assert example.sms.home_routers == ["233590000110"]
    assert example.roaming_partner[0].global_titles == ["447700"]
    assert example.dfs_provider[0].senders == ["ExMoney", "2335900"]
    assert example.log[0].values == {"outcome": {"OK": "completed"}}
    assert example.sha256 == hashlib.sha256(EXAMPLE.encode()).hexdigest()


def test_four_keys_are_enough(write: Write) -> None:
    smallest = network.load(write(REQUIRED))
    assert smallest.interconnect is None
    assert smallest.operator.timezone is None
    assert smallest.sms.home_routers == []
    assert smallest.roaming_partner == []
    assert smallest.policy.swap_cooling_off_hours == 24
    assert smallest.policy.max_swaps_per_agent_per_day == 20
    assert smallest.policy.recycle_quarantine_days == 90


@pytest.mark.parametrize("key", ["name", "country", "plmns", "global_titles"])
def test_a_required_key_is_missed(key: str, mistakes: Mistakes) -> None:
    without = re.sub(rf"^{key} = .*\n", "", REQUIRED, flags=re.MULTILINE)
    assert mistakes(without) == [f"operator.{key}: required, but absent"]


def test_all_mistakes_at_once(mistakes: Mistakes) -> None:
    found = mistakes("""
[operator]
name = "Example Mobile"
country = "UK"
timezone = "Ghana/Accra"
plmns = ["620-99"]
global_titles = ["+23359", 23359]
diameter_realm = ["example.com"]
[interconnect]
peers = ["198.51.100.0/24", "198.51.100.7"]
[policy]
swap_cooling_off_hours = "24"
[[capture]]
point = "firewall"
""")
    keys = [line.split(": ")[0] for line in found]
    assert sorted(keys) == [
        "capture[1].point",
        "interconnect.peers[1]",
        "operator.country",
        "operator.diameter_realm",
        "operator.global_titles[1]",
        "operator.global_titles[2]",
        "operator.plmns[1]",
        "operator.timezone",
        "policy.swap_cooling_off_hours",
    ]
    assert all("expected" in line or "unknown key" in line for line in found)


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ('msisdn_prefixes = ["+23359"]', ["operator.msisdn_prefixes[1]", "15 digits", "+23359"]),
        ('msisdn_prefixes = ["0235"]', ["operator.msisdn_prefixes[1]", "country code"]),
        ('msisdn_prefixes = ["2335\\u0669"]', ["operator.msisdn_prefixes[1]", "digits"]),
        ('msisdn_prefixes = "23359"', ["operator.msisdn_prefixes", "a list", "23359"]),
        ("msisdn_prefixes = [23359]", ["operator.msisdn_prefixes[1]", "in quotes", "23359"]),
        ('diameter_realms = ["exa mple.com"]', ["operator.diameter_realms[1]", "realm"]),
        ('diameter_realms = ["3gppnetwork.org"]', ["operator.diameter_realms[1]", "parent"]),
        ('diameter_realms = ["mcc620.3gppnetwork.org"]', ["diameter_realms[1]", "parent"]),
        ("timezone = 3", ["operator.timezone", "in quotes", "got 3"]),
        ('timezone = "../etc/passwd"', ["operator.timezone", "IANA"]),
        ('timezone = "Africa"', ["operator.timezone", "IANA"]),
        ('plmn = "62099"', ["operator.plmn", "did you mean plmns?"]),
        ("[interconect]", ["interconect", "did you mean interconnect?"]),
        ("[interconnect]", ["interconnect", "point_codes or peers"]),
        ('[interconnect]\npeers = ["example.com"]', ["interconnect.peers[1]", "address"]),
        ('[interconnect]\npoint_code_format = "24"', ["point_code_format", "'3-8-3'", '"24"']),
        ("[roaming_partner]", ["roaming_partner", "[[roaming_partner]]"]),
        ("[[sms]]", ["sms", "a table"]),
        ('[[roaming_partner]]\nsms = ["1"]', ["roaming_partner[1].sms", "known here", "plmns"]),
        ('[[log]]\nkind = "swap"', ["log[1].kind", "'sim_swap' or 'dfs_event'"]),
        ("[[log]]\nvalues = { outcome = { OK = 1 } }", ["log[1].values.outcome.OK", "quotes"]),
        ('[[log]]\ncountry_code = "+233"', ["log[1].country_code", "233"]),
        ('[[hub]]\nname = "x"\nhosts = ["a b"]', ["hub[1].hosts[1]", "domain name"]),
        ('[[leased_title]]\nprefix = "1"\nholder = "x"\nuntil = "2027"', ["until", "a date"]),
        ('[[accept]]\nreason = "x"\ndetector = "A-01"\nrealm = "a.b"', ["accept[1].until"]),
        ('[[accept]]\nreason = "x"\nuntil = 2027-01-01\nrealm = "a.b"', ["or command"]),
        ('[[accept]]\nreason = "x"\nuntil = 2027-01-01\noperation = 71', ["global_title"]),
        ('[[roaming_partner]]\ntadigs = ["GBR"]', ["tadigs[1]", "TADIG"]),
        ('[[roaming_partner]]\nnodes = { hrl = ["44"] }', ["nodes.hrl", "did you mean hlr?"]),
        ("[policy]\nrecycle_quarantine_days = -1", ["recycle_quarantine_days", "0 or more"]),
        ("[policy]\nrecycle_quarantine_days = true", ["recycle_quarantine_days", "whole number"]),
        ("[policy]\nrecycle_quarantine_days = 1.5", ["recycle_quarantine_days", "whole number"]),
        ("sha256 = 'x'", ["operator.sha256", "unknown key"]),
        ('"\\u001b[31m" = 1', ['"\\u001b[31m"', "unknown key"]),
    ],
)
def test_a_mistake_tells_key_and_remedy(
    addition: str, words: list[str], mistakes: Mistakes
) -> None:
    (line,) = mistakes(REQUIRED + addition)
    assert [word for word in words if word not in line] == []


def test_names_are_printable(mistakes: Mistakes) -> None:
    (line,) = mistakes(REQUIRED.replace("Example Mobile", "Example\\u001b[31m"))
    assert "operator.name" in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("key", "value"),
    [("plmns", "62099"), ("global_titles", "23359"), ("diameter_realms", "example.com")],
)
def test_nothing_belongs_to_two_networks(key: str, value: str, mistakes: Mistakes) -> None:
    partner = f'[[roaming_partner]]\n{key} = ["{value.upper()}"]\n'
    own_realm = 'diameter_realms = ["example.com"]\n'
    (line,) = mistakes(REQUIRED + own_realm + partner)
    assert line == f"roaming_partner: {key} of two networks: {value}"


def test_a_longer_prefix_of_another_network_is_allowed(write: Write) -> None:
    partner = '[[roaming_partner]]\nglobal_titles = ["233591"]\n'
    assert network.load(write(REQUIRED + partner)).roaming_partner


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[operator]\nname = \n", ["not valid TOML", "line 2, column 8"]),
        ("[operator]\nname = 'a", ["not valid TOML", "line 2"]),
        ("[operator]\n[operator]\n", ["not valid TOML", "line 2"]),
        (b"[operator]\nname = '\xe9'\n", ["line 2", "UTF-8"]),
        ("\ufeff[operator]\n".encode("utf-16"), ["line 1", "UTF-8"]),
        (f"a = {'9' * 5000}", ["too large"]),
        ("a = " + "[" * 5000, ["too deep"]),
        (b"\0" * (network.LARGEST_FILE + 1), ["too large"]),
        ("", ["operator", "required"]),
    ],
)
def test_a_file_that_is_no_network(
    content: str | bytes, words: list[str], mistakes: Mistakes
) -> None:
    (line,) = mistakes(content)
    assert [word for word in words if word not in line] == []


def test_a_huge_number_is_not_written_out(mistakes: Mistakes) -> None:
    lines = mistakes(REQUIRED + f"timezone = 0x{'f' * 5000}")
    assert lines == ["operator.timezone: expected text in quotes (got a huge number)"]


def test_a_byte_order_mark_is_read_over(write: Write) -> None:
    assert network.load(write(b"\xef\xbb\xbf" + REQUIRED.encode())).operator.country == "GH"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml: cannot be read: No such file"):
        network.load(tmp_path / "absent.toml")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        network.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [  # 3-8-3 as in ITU-T Q.708: zone, area, signalling point
        ("2-100-1", "3-8-3", (None, 4897)),
        ("7-255-7", "3-8-3", (None, 16383)),
        ("international:0-0-1", "3-8-3", (0, 1)),
        ("national:1-1-0", "3-8-3", (2, 2056)),
        ("1-2-3", "8-8-8", (None, 66051)),
        ("255-255-255", "8-8-8", (None, 16777215)),
        ("4897", "decimal", (None, 4897)),
        ("national:16777215", "decimal", (2, 16777215)),
    ],
)
def test_point_codes(
    text: str, written: str, expected: tuple[int | None, int], write: Write
) -> None:
    table = f'[interconnect]\npoint_code_format = "{written}"\npoint_codes = ["{text}"]'
    interconnect = network.load(write(REQUIRED + table)).interconnect
    assert interconnect
    assert interconnect.adjacent() == [expected]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("8-0-0", "3-8-3"),
        ("0-256-0", "3-8-3"),
        ("0-0-8", "3-8-3"),
        ("4897", "3-8-3"),
        ("1-2-3-4", "3-8-3"),
        ("1--3", "3-8-3"),
        ("-1-2-3", "3-8-3"),
        ("1-2-3", "decimal"),
        ("16777216", "decimal"),
        ("256-0-0", "8-8-8"),
        ("foreign:1-1-1", "3-8-3"),
        (":1-1-1", "3-8-3"),
        ("national:", "3-8-3"),
        ("\u0661-1-1", "3-8-3"),
    ],
)
def test_point_codes_that_are_none(text: str, written: str, mistakes: Mistakes) -> None:
    table = f'[interconnect]\npoint_code_format = "{written}"\npoint_codes = ["1", "{text}"]'
    lines = mistakes(REQUIRED + table)
    assert lines[-1].startswith("interconnect.point_codes[2]: expected")
    assert written in lines[-1]


def test_addresses_are_written_canonically(write: Write) -> None:
    table = '[interconnect]\npeers = ["2001:DB8:0::7"]'
    interconnect = network.load(write(REQUIRED + table)).interconnect
    assert interconnect
    assert interconnect.peers == ["2001:db8::7"]


def test_point_of_a_capture(write: Write) -> None:
    tables = """
[[capture]]
match = "intl_stp*"
point = "outside"
[[capture]]
match = "*.pcap"
point = "core"
"""
    known = network.load(write(REQUIRED + tables))
    assert known.point_of("intl_stp_1.pcap") == "outside"
    assert known.point_of("monday/intl_stp_1.pcap") == "outside"
    assert known.point_of("intl_stp/hlr.pcap") == "core"
    assert known.point_of("INTL_STP.pcapng") == "unknown"
    assert network.load(write(REQUIRED)).point_of("intl_stp_1.pcap") == "unknown"


def test_a_network_does_not_change(write: Write) -> None:
    with pytest.raises(ValueError, match="frozen"):
        network.load(write(REQUIRED)).operator.name = "Other"


@given(st.binary(max_size=60))
def test_any_bytes_after_a_network_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(REQUIRED.encode() + tail)
    try:
        network.load(path)
    except UsageError as error:
        assert str(path) in str(error)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(
    st.dictionaries(
        st.sampled_from(sorted(network.Network.model_fields)) | st.text(),
        ANYTHING | st.dictionaries(st.sampled_from(["plmns", "point_codes", "x"]), ANYTHING),
    )
)
def test_any_document_is_told_in_whole_lines(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        network.Network.model_validate(document)
    for details in error.value.errors():
        line = mistake(details, network.Network)
        assert re.match(r".+: .+", line)
        assert "\n" not in line


def keys_of_the_model() -> dict[str, str]:
    """Every key with its default as TOML, `none` or `required`."""
    defaults = {}
    for table, held in network.Network.model_fields.items():
        (model,) = models(held.annotation)
        for key, field in model.model_fields.items():
            absent = "required" if field.is_required() else "none"
            default = field.default
            if isinstance(default, BaseModel):
                default = default.model_dump(exclude_defaults=True)
            has_default = not field.is_required() and default is not None
            defaults[f"{table}.{key}"] = json.dumps(default) if has_default else absent
    return defaults


def test_the_page_has_every_key_and_its_default() -> None:
    rows = re.findall(r"^\| `([a-z0-9_]+\.[a-z0-9_]+)` \|(.*)\|$", PAGE, flags=re.MULTILINE)
    columns = {key: [cell.strip() for cell in cells.split(" | ")] for key, cells in rows}
    assert {key: cells[1].strip("`") for key, cells in columns.items()} == keys_of_the_model()
    assert all(len(cells) == 4 and all(cells) for cells in columns.values())


def test_every_table_of_the_model_is_a_table_of_keys() -> None:
    for held in network.Network.model_fields.values():
        (model,) = models(held.annotation)
        assert issubclass(model, BaseModel)
        assert model.model_config["extra"] == "forbid"
