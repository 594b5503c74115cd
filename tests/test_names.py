"""Names as the specifications print them (TS 29.002 17.5 to 17.6, TS 29.272 7.2, Q.713)."""

import subprocess

import pytest

from dissectors import names
from dissectors.diameter_results import EXPERIMENTAL_RESULTS, RESULTS


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (names.operation(2), "updateLocation"),
        (names.operation(44), "mt-ForwardSM"),
        (names.operation(46), "mo-ForwardSM"),
        (names.operation(71), "anyTimeInterrogation"),
        (names.operation(-1), None),
        (names.error(49), "ati-NotAllowed"),
        (names.error(200), None),
        (names.application_context(1), "networkLocUp"),
        (names.application_context(29), "anyTimeInfoEnquiry"),
        (names.subsystem(6), "home location register (HLR)"),
        (names.sccp_message(9), "UDT"),
        (names.diameter_application(16777251), "3GPP S6a/S6d"),
        (names.diameter_application(1234), None),
        (names.diameter_command(257, True), "Capabilities-Exchange-Request"),
        (names.diameter_command(316, False), "Update-Location-Answer"),
        (names.diameter_command(8388647, True), "Send-Routing-Info-for-SM-Request"),
        (names.diameter_command(256, True), None),
    ],
)
def test_a_number_has_the_name_of_its_specification(told: str | None, expected: str | None) -> None:
    assert told == expected


def test_results_of_diameter_have_the_names_that_tshark_has() -> None:
    command = ["tshark", "-G", "values"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = {tuple(line.split("\t")[1:4]) for line in printed.splitlines() if line[:2] == "V\t"}
    for field, found in (
        ("Result-Code", RESULTS),
        ("Experimental-Result-Code", EXPERIMENTAL_RESULTS),
    ):
        assert {(f"diameter.{field}", str(code), name) for code, name in found.items()} <= rows
    assert names.diameter_results(True)[5550] == "DIAMETER_ERROR_ABSENT_USER"
