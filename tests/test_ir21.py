"""What IR.21 files say of networks, and that no file does harm."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigaudit import ir21, ir21_xml, network
from sigaudit.errors import UsageError
from sigaudit.number_ranges import prefixes
from sigaudit.numbering import NumberingPlan, Owner
from tests.raex import HOME, PARTNER, SPAIN, SUMMARY, write

TOML = """
[operator]
name = "Example Mobile"
country = "GH"
plmns = ["62099"]
global_titles = ["23359"]
[ir21]
files = ["raex"]
"""
Load = Callable[..., network.Network]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A network with these IR.21 files in folder raex."""

    def load(toml: str = "", **contents: str) -> network.Network:
        write(tmp_path / "raex", **contents)
        path = tmp_path / "network.toml"
        path.write_text(TOML + toml, encoding="utf-8")
        return network.load(path)

    return load


def test_a_file_becomes_a_partner(load: Load) -> None:
    (partner,) = load(a=PARTNER).roaming_partner
    assert partner.name == "Exemple Mobile"
    assert partner.country == "FR"
    assert partner.tadigs == ["FRAXX"]
    assert partner.plmns == ["20899"]
    assert partner.global_titles == ["336990"]
    assert partner.msisdn_prefixes == ["336990", "336991", "336992"]
    assert partner.mobile_global_titles == ["33698"]
    assert partner.diameter_realms == ["epc.exemple.fr"]
    assert partner.carriers == ["Carrier A"]
    assert partner.nodes.msc == partner.nodes.vlr == ["3369900001"]
    assert partner.nodes.hlr == ["33690000001"]


def test_its_numbers_are_the_partners(load: Load) -> None:
    plan = NumberingPlan(load(a=PARTNER))
    partner = Owner("partner", "Exemple Mobile", "FR")
    assert plan.gt("33699000010", 1) == partner
    assert plan.gt("33690000001", 1) == partner  # a node outside the ranges
    assert plan.gt("336980000000001", 7) == partner
    assert plan.msisdn("33699299999") == partner
    assert plan.msisdn("33699300000") == Owner("country", None, "FR")
    assert plan.imsi("208990000000001") == partner
    assert plan.realm("mme.epc.exemple.fr") == partner


def test_network_toml_goes_before_a_file(load: Load) -> None:
    mine = '[[roaming_partner]]\nname = "Le partenaire"\ntadigs = ["FRAXX"]\n'
    mine += 'global_titles = ["33697"]\n'
    other = '[[roaming_partner]]\nname = "Other"\nglobal_titles = ["336990"]\n'
    joined = load(mine + other, a=PARTNER)
    partner, _ = joined.roaming_partner
    assert partner.name == "Le partenaire"
    assert partner.country == "FR"
    assert partner.global_titles == ["33697"]
    assert partner.plmns == ["20899"]
    assert joined.warnings(None) == [
        "raex/a.xml: global_titles of Other already, left there: 336990"
    ]


def test_a_file_of_the_operator_itself(load: Load) -> None:
    own = load(own=SUMMARY.format(**HOME), es=SUMMARY.format(**SPAIN))
    assert own.operator.name == "Example Mobile"
    assert own.operator.global_titles == ["23359", "233592"]
    assert own.platforms.hlr == ["2335920001"]
    assert [partner.name for partner in own.roaming_partner] == ["Ejemplo"]


def test_names_are_unique_and_the_newer_file_goes_first(load: Load) -> None:
    older = PARTNER.replace("Exemple Mobile", "Ejemplo").replace(
        "33</tadig-gen:CC>", "34</tadig-gen:CC>"
    )
    older = older.replace("6990</tadig-gen:NDC>", "699</tadig-gen:NDC>")
    both = load(a=older, z=SUMMARY.format(**SPAIN))
    assert [partner.name for partner in both.roaming_partner] == ["Ejemplo", "Ejemplo (FRAXX)"]
    assert both.roaming_partner[1].global_titles == []
    assert both.warnings(None) == [
        "raex/a.xml: global_titles of Ejemplo already, left there: 34699"
    ]


def test_an_old_file_is_used_and_told(load: Load) -> None:
    old = load("max_age_days = 30\n", a=PARTNER)
    assert old.roaming_partner
    assert old.warnings(datetime(2026, 3, 3, 10)) == []
    (warning,) = old.warnings(datetime(2026, 3, 4, 10))
    assert re.search(r"raex/a\.xml: 31 days old, more than ir21\.max_age_days, 30", warning)
    undated = re.sub("<[^>]*FileCreationTimestamp>.*?</[^>]*>", "", PARTNER)
    (warning,) = load(a=undated).warnings(None)
    assert "FileCreationTimestamp" in warning


def test_the_digest_is_of_the_files_too(load: Load) -> None:
    one = load(a=PARTNER).sha256
    assert load(a=PARTNER).sha256 == one
    assert load(a=PARTNER.replace("Carrier A", "Carrier B")).sha256 != one


BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><TADIGRAEXIR21>&j;</TADIGRAEXIR21>"
)
OUTSIDE = '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><TADIGRAEXIR21>&x;</TADIGRAEXIR21>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, ["document type"]),
        (OUTSIDE, ["document type"]),
        ('<!DOCTYPE b SYSTEM "http://example.com/b.dtd"><TADIGRAEXIR21/>', ["document type"]),
        ("<TADIGRAEXIR21>&x;</TADIGRAEXIR21>", ["line 1", "undefined entity"]),
        ("<TADIGRAEXIR21>", ["no element found", "line 1", "export it anew"]),
        ("", ["no element found"]),
        ("PK\x03\x04", ["not well-formed"]),
        ("<html/>", ["html", "expected TADIGRAEXIR21", "ir21.files"]),
        ("<TADIGRAEXIR21/>", ["TADIGCode", "absent"]),
        (re.sub("<[^>]*MCC>208</[^>]*>", "", PARTNER), ["plmns", "'99'"]),
        (PARTNER.replace(">208<", ">2o8<"), ["plmns", "2o899"]),
        (PARTNER.replace(">FRAXX<", ">FR<"), ["tadigs", "TADIG", "FR"]),
        (PARTNER.replace(">000000<", ">00000x<"), ["SN_RangeStart", "15 digits", "00000x"]),
        (PARTNER.replace(">000000<", ">0000000000000<"), ["SN_RangeStart", "15 digits"]),
        (PARTNER.replace(">000000<", ">999999<"), ["SN_Range", "empty", "exchange"]),
        ('<?xml version="1.0" encoding="utf-16"?><TADIGRAEXIR21/>', ["encoding"]),
        ('<?xml version="1.0" encoding="klingon"?><TADIGRAEXIR21/>', ["encoding"]),
        ("<a>" * ir21_xml.MOST_MARKUP + "<a>", ["too large"]),
        ("x" * (ir21_xml.LARGEST_FILE + 1), ["too large"]),
    ],
    ids=range(19),
)
def test_a_wrong_file_is_told(content: str, words: list[str], load: Load) -> None:
    with pytest.raises(UsageError) as error:
        load(a=content)
    assert [
        word for word in ["network.toml: raex/a.xml: ", *words] if word not in str(error.value)
    ] == []


def test_another_encoding_than_declared(load: Load, tmp_path: Path) -> None:
    write(tmp_path / "raex")
    (tmp_path / "raex" / "b.xml").write_bytes(
        PARTNER.replace("Exemple", "Ex\xe9").encode("latin-1")
    )
    with pytest.raises(UsageError, match=r"b\.xml: not well-formed .*encoding.*line 9"):
        load()
    declared = PARTNER.replace("UTF-8", "ISO-8859-1").replace("Exemple", "Ex\xe9")
    (tmp_path / "raex" / "b.xml").write_bytes(declared.encode("latin-1"))
    assert load().roaming_partner[0].name == "Ex\xe9 Mobile"


@pytest.mark.parametrize("pattern", ["absent.xml", "*.raex", "absent/*.xml", "", "a\\u0000b"])
def test_files_that_are_not_there(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "network.toml"
    path.write_text(TOML.replace("raex", pattern), encoding="utf-8")
    with pytest.raises(UsageError, match=r"network\.toml: .*ir21\.files"):
        network.load(path)


def test_files_by_pattern_folder_and_name(tmp_path: Path) -> None:
    write(tmp_path / "raex", a=PARTNER, b=SUMMARY.format(**SPAIN))
    (tmp_path / "raex" / "notes.txt").write_text("none")
    for files in (["raex"], ["raex/*.xml"], ["raex/a.xml", "raex/b.xml"], [f"{tmp_path}/raex"]):
        names = [file.name for file in ir21.read_all(tmp_path, files)]
        assert names == ["raex/a.xml", "raex/b.xml"]


def test_deep_files_are_read(load: Load) -> None:
    deep = PARTNER.replace(
        "<tadig-raex-21:EPCRealm>", "<a>" * 50_000 + "</a>" * 50_000 + "<tadig-raex-21:EPCRealm>"
    )
    assert load(a=deep).roaming_partner[0].diameter_realms == ["epc.exemple.fr"]


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_prefixes_cover_a_range_and_no_more(one: int, other: int) -> None:
    first, last = sorted((one, other))
    found = prefixes(f"{first:04d}", f"{last:04d}")
    covered = [int(p + rest) for p in found for rest in _rests(4 - len(p))]
    assert covered == list(range(first, last + 1))


def _rests(width: int) -> list[str]:
    return [f"{n:0{width}d}" for n in range(10**width)] if width else [""]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("000000", "299999", ["0", "1", "2"]),
        ("000000", "999999", [""]),
        ("0010", "0019", ["001"]),
        ("7", "7", ["7"]),
        ("10", "2", ["1", "2"]),
        ("98", "101", []),
        ("098", "101", ["098", "099", "100", "101"]),
    ],
)
def test_ranges_by_hand(first: str, last: str, expected: list[str]) -> None:
    assert prefixes(first, last) == expected


NAMES = ["TADIGRAEXIR21", "NwNode", "NwElementType", "CC", "NDC", "SN_Range", "SN_RangeStart",
         "GT_NumberRanges", "CCITT_E212_NumberSeries", "MCC", "MNC", "TADIGCode", "EPCRealm",
         "FileCreationTimestamp", "OrganisationName"]  # fmt: skip
TREES = st.recursive(
    st.text(alphabet="0123456789ABHLR. -:T\u00e9&lt;", max_size=12).map(
        lambda t: t.replace("&", "")
    ),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
        lambda tree: f"<{tree[0]}>{''.join(tree[1])}</{tree[0]}>"
    ),
    max_leaves=30,
)


@given(TREES)
def test_any_tree_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, tree: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    path.write_text(f"<TADIGRAEXIR21>{tree}<TADIGCode>FRAXX</TADIGCode><MCC/></TADIGRAEXIR21>")
    try:
        ir21.read_file(path, "any.xml")
    except UsageError as error:
        assert str(error).startswith("any.xml: ")


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    path.write_bytes(PARTNER.encode()[: len(tail) * 40] + tail)
    try:
        ir21.read_file(path, "any.xml")
    except UsageError as error:
        assert "any.xml" in str(error)
