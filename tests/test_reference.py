"""Hubs, leases, nodes, accepted sources and test SIMs, as detectors and SQL see them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigaudit import console, report, state
from sigaudit.errors import UsageError
from sigaudit.network import Network
from sigaudit.report.document import document
from sigaudit.state.reference import load_reference
from tests.by_hand import (
    ATI,
    NETWORK,
    NOON,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    PARTNER_IMSI,
    PARTNER_REALM,
    PARTNER_VLR,
    STRANGER,
    SUBSCRIBER_INFO,
    Scene,
    empty_scene,
)

__all__ = ["empty_scene"]
HUB = "4915900001"
TRUSTED: dict[str, Any] = {"name": "Example IPX", "global_titles": ["49159"]}
SISTER = {"name": "Sister", "plmns": ["23401"], "tadigs": ["GBRSI"], "global_titles": ["447701"]}
PARTNERS = [*NETWORK["roaming_partner"], SISTER]
YES: dict[str, Any] = {"reason": "contract 12", "until": date(2026, 12, 31)}


def network(**tables: Any) -> Network:
    return Network.model_validate(NETWORK | tables)


def told(scene: Scene, expression: str, **tables: Any) -> Any:
    """What an expression gives over the only request."""
    state.build(scene.connection, network(**tables), NOON)
    return scene.connection.execute(f"select {expression} from map_request").fetchall()[0][0]


def test_a_hub_speaks_for_any_partner_and_nobody_else(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, HUB, imsi=PARTNER_IMSI)
    assert scene.run() == {"MAP-LOC-02": 1}
    assert scene.run(hub=[TRUSTED]) == {}
    scene.ask(1, SUBSCRIBER_INFO, HUB, imsi=OWN_IMSI)
    assert scene.run(hub=[TRUSTED]) == {"MAP-LOC-02": 1}


@pytest.mark.parametrize(
    ("names", "may"),
    [
        (["Partner UK"], True),
        (["23499"], True),
        (["Sister", "Partner UK"], True),
        (["Sister"], False),
        (["23401"], False),
        (["GBRSI"], False),
        (["62099"], False),
    ],
)
def test_a_hub_speaks_for_those_it_is_said_to(scene: Scene, names: list[str], may: bool) -> None:
    scene.ask(0, SUBSCRIBER_INFO, HUB, imsi=PARTNER_IMSI)
    tables = {"hub": [TRUSTED | {"speaks_for": names}], "roaming_partner": PARTNERS}
    assert told(scene, "same_network(caller, subscriber)", **tables) is may
    assert told(scene, "speaks_for(caller, subscriber)", **tables) is may
    assert told(scene, "speaks_for(subscriber, caller)", **tables) is False
    assert told(scene, "unlisted(caller)", **tables) is False


def test_a_hub_in_a_partners_range_speaks_for_that_partner_too(scene: Scene) -> None:
    group = {"name": "Group HLR", "global_titles": [PARTNER_VLR], "speaks_for": ["Sister"]}
    scene.ask(0, SUBSCRIBER_INFO, PARTNER_VLR, imsi=PARTNER_IMSI)
    scene.ask(1, SUBSCRIBER_INFO, PARTNER_VLR, imsi="234010000000001")
    assert scene.run(roaming_partner=PARTNERS) == {"MAP-LOC-02": 1}
    assert scene.run(roaming_partner=PARTNERS, hub=[group]) == {}


def test_a_hub_may_be_limited_to_operations(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, HUB, imsi=PARTNER_IMSI)
    limited = TRUSTED | {"operations": [44, 45]}
    assert scene.run(hub=[limited]) == {"MAP-LOC-02": 1}
    assert told(scene, "caller.party", hub=[limited]) == "country"
    assert told(scene, "caller.party", hub=[TRUSTED | {"operations": [70]}]) == "hub"


@pytest.mark.parametrize(
    ("hub", "party"),
    [
        ({"diameter_realms": ["ipx.example"]}, "hub"),
        ({"diameter_realms": ["ipx.example"], "commands": [316]}, "unknown"),
        ({"diameter_realms": ["ipx.example"], "commands": [319]}, "hub"),
        ({"hosts": ["DRA1.ipx.example"]}, "hub"),
        ({"hosts": ["dra1.ipx.example"], "commands": [316]}, "unknown"),
        ({"hosts": ["dra2.ipx.example"]}, "unknown"),
    ],
)
def test_hubs_of_diameter(scene: Scene, hub: dict[str, Any], party: str) -> None:
    scene.diameter(0, 319, "a.ipx.example", origin_host="dra1.ipx.example", imsi=PARTNER_IMSI)
    state.build(scene.connection, network(hub=[{"name": "Example IPX"} | hub]), NOON)
    found = scene.connection.execute("select caller.party from diameter_request").fetchall()
    assert found == [(party,)]


def test_a_leased_title_is_its_holders(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, "233597700001", imsi=OWN_IMSI)
    assert set(scene.run()) == {"MAP-LOC-02", "MAP-ORG-01"}
    lease = {"prefix": "2335977", "holder": "Example Messaging", "until": date(2026, 3, 1)}
    assert set(scene.run(leased_title=[lease])) == {"MAP-LOC-02"}
    assert told(scene, "caller.operator", leased_title=[lease]) == "Example Messaging"
    assert told(scene, "leased_to(calling_gt)", leased_title=[lease]) == "Example Messaging"
    assert told(scene, "leased_to(called_gt)", leased_title=[lease]) is None
    over = lease | {"until": date(2026, 2, 28)}
    assert set(scene.run(leased_title=[over])) == {"MAP-LOC-02", "MAP-ORG-01"}
    assert told(scene, "leased_to(calling_gt)", leased_title=[over]) is None


def test_nodes_are_known_by_kind(scene: Scene) -> None:
    nodes = {"hlr": ["4477009"], "vlr": [PARTNER_VLR], "msc": ["447701"]}
    partner = [NETWORK["roaming_partner"][0] | {"nodes": nodes}]
    scene.ask(0, SUBSCRIBER_INFO, PARTNER_VLR, imsi=OWN_IMSI)
    own = {"platforms": {"hlr": ["2335900000"]}, "sms": {"centres": ["233590000100"]}}
    state.build(scene.connection, network(roaming_partner=partner, **own), NOON)
    found = scene.connection.execute("from gt_node where digits = ?", [PARTNER_VLR]).fetchall()
    assert found == [(PARTNER_VLR, ["hlr", "vlr"])]
    assert told(scene, "is_own_node(called_gt, 'hlr')", **own) is True
    assert told(scene, "is_own_node(called_gt, 'gmlc')", **own) is False
    assert told(scene, "is_own_node(calling_gt, 'hlr')", **own) is False
    assert told(scene, "is_own_node('233590000100', 'smsc')", **own) is True
    assert told(scene, "is_own_node(null, 'smsc')", **own) is False


def test_countries_met_have_distances(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, "61400000001", imsi="615010000000001")
    state.build(scene.connection, network(), NOON)
    found = scene.connection.execute("from country_distance order by all").fetchall()
    distances = {(one, other): kilometres for one, other, kilometres in found}
    assert {one for one, _ in distances} == {"AU", "GH", "TG"}
    assert distances["GH", "TG"] == distances["TG", "GH"] == distances["AU", "AU"] == 0
    assert distances["GH", "AU"] > 10_000


@pytest.mark.parametrize(
    ("entry", "accepted"),
    [
        ({"detector": "MAP-LOC-01", "global_title": "4477009"}, True),
        ({"operation": 71, "global_title": PARTNER_VLR}, True),
        ({"operation": 71, "imsi": "62099"}, True),
        ({"operation": 71, "imsi": OWN_IMSI, "global_title": "44"}, True),
        ({"operation": 70, "imsi": OWN_IMSI}, False),
        ({"command": 71, "imsi": OWN_IMSI}, False),
        ({"detector": "MAP-LOC-02", "global_title": "4477009"}, False),
        ({"detector": "MAP-LOC-01", "global_title": "4477008"}, False),
        ({"detector": "MAP-LOC-01", "realm": PARTNER_REALM}, False),
        ({"detector": "MAP-LOC-01", "global_title": "44", "imsi": "62098"}, False),
        ({"detector": "MAP-LOC-01", "msisdn": "233"}, False),
    ],
)
def test_what_is_accepted_is_kept_at_info(
    scene: Scene, entry: dict[str, Any], accepted: bool
) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    found = scene.finding(accept=[YES | entry])
    assert (found["severity"] == "info") is accepted
    assert ("accepted until 2026-12-31: contract 12" in found["explanation"]) is accepted
    assert found["id"] == scene.finding()["id"]


@pytest.mark.parametrize(
    ("who", "accepted"),
    [
        ({"realm": "ipx.example"}, True),
        ({"realm": "px.example"}, False),
        ({"host": "hss.a.IPX.example"}, True),
        ({"host": "ipx.example"}, False),
    ],
)
def test_sources_of_diameter_are_accepted(
    scene: Scene, who: dict[str, str], accepted: bool
) -> None:
    scene.diameter(0, 319, "a.ipx.example", imsi=OWN_IMSI)
    found = scene.finding(accept=[YES | {"command": 319} | who])
    assert (found["severity"] == "info") is accepted


def test_an_accepted_source_hides_no_other(scene: Scene) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    scene.ask(5, ATI, STRANGER, imsi=OWN_IMSI)
    found = scene.finding(accept=[YES | {"detector": "MAP-LOC-01", "global_title": "4477"}])
    assert found["severity"] != "info"
    assert STRANGER in found["explanation"]


def test_an_entry_that_is_over_has_no_effect_and_is_told(scene: Scene) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    entry = YES | {"operation": 71, "imsi": "62099"}
    last_day = entry | {"until": NOON.date()}
    assert scene.finding(accept=[last_day])["severity"] == "info"
    assert [text for text in warnings(scene) if "accept" in text] == []
    assert scene.finding(accept=[entry | {"until": date(2026, 2, 28)}])["severity"] != "info"
    assert "accept[1]: its last day, 2026-02-28, is over; it has no effect" in warnings(scene)


def test_warnings_are_in_the_report_and_on_stderr(
    scene: Scene, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    scene.run(accept=[YES | {"operation": 71, "imsi": "62099", "until": date(2026, 2, 28)}])
    warning = next(text for text in document(scene.connection)["warnings"] if "accept" in text)
    report.write(scene.connection, "html", tmp_path / "report.html")
    assert warning in (tmp_path / "report.html").read_text(encoding="utf-8")
    scene.connection.execute("update warning set warning = 'odd \x1b[31m'")
    console.print_warnings(scene.connection)
    assert set(capsys.readouterr().err.splitlines()) == {"Warning: odd \\x1b[31m"}


def warnings(scene: Scene) -> list[str]:
    return [text for (text,) in scene.connection.execute("from warning order by 1").fetchall()]


def test_an_accepted_detector_must_be_one(scene: Scene) -> None:
    entry = YES | {"detector": "MAP-LOC-1", "imsi": "62099"}
    with pytest.raises(UsageError, match=r"accept\[1\]\.detector: .*did you mean MAP-LOC-1"):
        scene.run(accept=[entry])


def test_what_is_done_to_test_sims_is_info(scene: Scene) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI, msisdn=OWN_MSISDN)
    for sims in ({"imsis": ["6209900"]}, {"msisdns": [OWN_MSISDN]}):
        found = scene.finding(test=sims)
        assert found["severity"] == "info"
        assert "test SIM" in found["explanation"]
        assert told(scene, "is_test_sim(imsi, msisdn)", test=sims) is True
        assert told(scene, "is_test_sim(imsi, null)", test={"msisdns": ["1"]}) is False
    assert scene.finding(test={"imsis": ["6209901"]})["severity"] != "info"


def test_two_hubs_share_nothing(scene: Scene) -> None:
    for key, value in (("name", "Example IPX"), ("global_titles", ["49159"])):
        with pytest.raises(ValueError, match="of two hubs"):
            network(hub=[TRUSTED, TRUSTED | {"name": "Other"} | {key: value}])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_names_of_any_letters_are_compared_as_they_are(scene: Scene, name: str) -> None:
    partner = [NETWORK["roaming_partner"][0] | {"name": name}]
    hub = [{"name": name + "'", "global_titles": ["49159"], "speaks_for": [name]}]
    lease = [{"prefix": "2335977", "holder": name}]
    odd = network(roaming_partner=partner, hub=hub, leased_title=lease)
    state.load_owners(scene.connection, odd)
    load_reference(scene.connection, odd)
    one = scene.connection.execute(
        "select speaks_for({'party': 'hub', 'operator': $name || '''', 'country': 'ZZ'},"
        " {'party': 'partner', 'operator': $name, 'country': 'GB'}), leased_to('23359770')",
        {"name": name},
    ).fetchall()
    assert one == [(True, name)]


def test_own_hlr_is_home(scene: Scene) -> None:
    scene.ask(0, ATI, OWN_HLR, imsi=OWN_IMSI)
    assert told(scene, "caller.party", platforms={"hlr": [OWN_HLR]}) == "home"
