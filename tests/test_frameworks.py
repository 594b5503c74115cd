"""Frameworks as files: complete, in step with detectors and measures, and one verdict each."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sigaudit import detect, framework, measure, store
from sigaudit.attestation import asked
from sigaudit.cli import app
from sigaudit.detector import load as load_detectors
from sigaudit.errors import UsageError
from sigaudit.findings import document as findings_document
from sigaudit.framework import Control
from sigaudit.framework_text import inherited
from sigaudit.network import load as load_network
from sigaudit.policy import Policy
from sigaudit.report.document import document
from sigaudit.verdict import ORDER
from tests.by_hand import ATI, OWN_IMSI, STRANGER, Scene, empty_scene
from tests.frameworks_page import PAGE, page

__all__ = ["empty_scene"]  # the fixture `scene`

CONTROLS = framework.controls().values()
# The catalogue of requirements, so that none is lost: SS7, ITU-T, SIM, USSD, assurance, agreement.
CATALOGUE = """
SS7-REG-01 SS7-REG-02 SS7-REG-03 SS7-REG-04 SS7-REG-05 SS7-REG-06 SS7-REG-07 SS7-REG-08
SS7-MNO-01 SS7-MNO-02 SS7-MNO-03 SS7-MNO-04 SS7-MNO-05 SS7-MNO-06 SS7-MNO-07 SS7-MNO-08
SS7-FW-01 SS7-FW-02 SS7-FW-03 SS7-FW-04 SS7-FW-05 SS7-FW-06 SS7-FW-07 SS7-FW-08 SS7-DFS-01
SS7-DFS-02 SS7-DFS-03 SS7-DFS-04 SS7-DFS-05 SS7-DFS-06 QREC-Q3057 QREC-Q3062 QREC-Q3063
QREC-Q731.3 QREC-Q3066 QREC-X1150 QREC-X1456 SIM-REG-01 SIM-REG-02 SIM-REG-03 SIM-REG-04
SIM-MNO-01 SIM-MNO-02 SIM-MNO-03 SIM-MNO-04 SIM-MNO-05 SIM-MNO-06 SIM-MNO-07 SIM-MNO-08
SIM-MNO-09 SIM-MNO-10 SIM-MNO-11 SIM-MNO-12 SIM-MNO-13 SIM-DFS-01 SIM-DFS-02 SIM-DFS-03
SIM-DFS-04 SIM-DFS-05 SIM-DFS-06 SIM-DFS-07 SIM-DFS-08 USSD-4.1-i-iv USSD-4.1-v USSD-4.2
USSD-3.2 USSD-3.3 USSD-3.7 USSD-3.8 DSAF-C52@2021 DSAF-C53@2021 DSAF-C54@2021 DSAF-C54@2020
DSAF-C55@2020 DSAF-C59@2020 DSAF-C60@2020 DSAF-C61@2020 DSAF-C62@2020 DSAF-C63@2020
DSAF-C69@2020 DSAF-C70@2020 DSAF-C71@2020 DSAF-C72@2020 DSAF-C73@2020 DSAF-C109@2021
DSAF-C110@2021 DSAF-C111@2021 DSAF-C115@2021 AUD-4.1.5 AUD-4.1.6 AUD-4.1.14 AUD-4.1.15
AUD-4.1.17 AUD-4.1.18 AUD-4.2.1 AUD-4.2.2 AUD-4.2.14 AUD-4.2.15 AUD-4.4.7 AUD-4.4.8 MOU-01
MOU-02 MOU-03 MOU-04 MOU-05 MOU-06 MOU-07 MOU-08 MOU-09 MOU-10 MOU-11 FGDFS-R12 FGDFS-R13
FGDFS-FBS CCF-1.4 CRT-00 CRT-01
"""
NATIONAL = {"IN": 4, "NG": 7, "PK": 1, "UG": 1, "TZ": 1, "KE": 1, "ZM": 1, "ZA": 1, "GH": 1,
            "BR": 1, "IT": 1, "US": 1, "AU": 1, "GB": 1}  # fmt: skip
# Of the catalogue: entries that point to others, and how many data show, show in part, or do not.
POINTERS = {
    *("QREC-X1456", "USSD-4.1-i-iv", "USSD-4.2", "USSD-3.3", "MOU-09", "FGDFS-R13"),
    *("DSAF-C53@2021", "DSAF-C54@2021", "DSAF-C54@2020", "DSAF-C55@2020", "DSAF-C70@2020"),
    *("DSAF-C73@2020", "AUD-4.1.5", "AUD-4.1.14", "AUD-4.1.15", "AUD-4.2.1", "AUD-4.2.15"),
    "AUD-4.4.8",
}
MODES = {"data": 72, "mixed": 21, "attest": 24}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, UsageError):
        return 2, str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_every_requirement_of_the_catalogue_is_there_once() -> None:
    ids = Counter(control.id for one in framework.load() for control in one.control)
    assert set(ids.values()) == {1}
    national = Counter(name.split("-")[1] for name in ids if name.startswith("NAT-"))
    assert national == NATIONAL
    assert {name for name in ids if not name.startswith("NAT-")} == set(CATALOGUE.split())
    assert len(CATALOGUE.split()) == 117


def test_entries_are_judged_as_the_catalogue_says() -> None:
    listed = [control for control in CONTROLS if control.id in CATALOGUE.split()]
    assert Counter(control.mode for control in listed) == MODES
    assert {control.id for control in listed if control.takes} == POINTERS | {"SS7-REG-06"}


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_a_requirement_is_in_step(control: Control) -> None:
    detectors = {detector.id for detector in load_detectors()}
    measures = {one.id for one in measure.load()}
    assert set(inherited(control, "detectors")) <= detectors
    assert {criterion.measure for criterion in control.criteria} <= measures
    assert set(control.takes) <= {other.id for other in CONTROLS} - {control.id}
    judged = control.criteria or control.takes or control.classes
    assert judged or control.rest, "nothing could ever judge it"
    assert control.question or not control.rest or control.takes, "it needs an answer: ask for it"
    assert (control.country is None) == (not control.id.startswith("NAT-"))


def test_every_measure_is_named() -> None:
    named = {criterion.measure for control in CONTROLS for criterion in control.criteria}
    assert named == {one.id for one in measure.load()}


def test_measures_and_detectors_name_no_framework() -> None:
    names = [control.id for control in CONTROLS]
    texts = [one.header + one.sql for one in (*measure.load(), *load_detectors())]
    assert not [name for name in names for text in texts if name in text]


@pytest.mark.parametrize("one", measure.load(), ids=lambda one: one.id)
def test_a_measure_has_all_its_parameters(one: measure.Measure) -> None:
    assert one.file == f"{one.id}.sql"
    assert one.parameters <= {*one.defaults, *Policy.model_fields, "as_of"}
    assert set(one.defaults) <= one.parameters


def test_with_no_input_nothing_is_met(tmp_path: Path) -> None:
    with store.connected(tmp_path / "audit.duckdb") as connection:
        verdicts(document(connection)["frameworks"])
        network = tmp_path / "network.toml"
        network.write_text(NETWORK_TOML, encoding="utf-8")
        detect.run(connection, load_network(network))
        told = verdicts(document(connection)["frameworks"])
    assert {name for name, kind in told.items() if kind == "not_applicable"} == {
        control.id for control in CONTROLS if control.country not in (None, "GH")
    }


NETWORK_TOML = """
[operator]
name = "Example Mobile"
country = "GH"
plmns = ["62099"]
global_titles = ["23359"]
"""


def verdicts(frameworks: list[dict[str, Any]]) -> dict[str, str]:
    """The verdict of each requirement: without input none that needs any, and each says why."""
    told = [control for one in frameworks for control in one["controls"]]
    assert Counter(control["id"] for control in told) == Counter(control.id for control in CONTROLS)
    assert {control["verdict"] for control in told} <= {"not_assessed", "not_applicable"}
    for control in told:
        assert control["reason"]
        assert control["missing"] or control["verdict"] == "not_applicable"
        assert not control["breach"]
    return {control["id"]: control["verdict"] for control in told}


def test_the_document_has_the_shape_that_reports_stand_on(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI)
    scene.reply(1, request)
    scene.run()
    told = document(scene.connection)
    first = told["frameworks"][0]
    assert first["id"] == "itu-ss7"
    [control] = [one for one in first["controls"] if one["id"] == "SS7-FW-01"]
    [finding] = findings_document(scene.connection)["findings"]
    assert control["findings"] == [finding["id"]]
    assert {"SS7-FW-01", "SS7-REG-06", "DSAF-C70@2020"} <= set(finding["controls"])
    assert (control["verdict"], control["binds"], control["mode"]) == (
        "departed_from",
        "operator",
        "data",
    )
    [figure] = control["measures"]
    assert figure["low"] == pytest.approx(0.2065, abs=1e-3)  # Wilson's interval of one in one
    assert (figure["numerator"], figure["denominator"], figure["share"]) == (1, 1, 1.0)
    assert all(one["verdict"] in ORDER for each in told["frameworks"] for one in each["controls"])
    json.dumps(told["frameworks"])


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_the_command_lists_and_shows() -> None:
    code, listed = run("frameworks", "list", "--format", "json")
    assert code == 0
    assert [one["id"] for one in json.loads(listed)] == [control.id for control in CONTROLS]
    _, some = run("frameworks", "list", "--detector", "MAP-LOC-01", "--format", "json")
    assert "SS7-FW-01" in {one["id"] for one in json.loads(some)}
    code, shown = run("frameworks", "show", "SIM-MNO-06")
    assert code == 0
    assert "at least 100%" in shown
    assert "itu-sim" in run("frameworks", "show", "itu-sim")[1]


def test_the_command_says_what_was_meant() -> None:
    code, words = run("frameworks", "show", "SS7-FW-1")
    assert code == 2
    assert "did you mean SS7-FW-01?" in words


def test_a_wrong_framework_is_told_by_file_and_key() -> None:
    with pytest.raises(UsageError, match=r"own.toml: not valid TOML"):
        framework.read("own.toml", "id = ")
    with pytest.raises(UsageError, match=r"own.toml: control: Field required"):
        framework.read("own.toml", 'id = "own"\norder = 9')


def test_the_questionnaire_asks_what_data_do_not_show() -> None:
    names = {control.id for control in asked()}
    modes = {control.id: control.mode for control in CONTROLS if not control.takes}
    assert {name for name, mode in modes.items() if mode == "attest"} <= names
    assert not [control.id for control in CONTROLS if control.id in names and not control.rest]
