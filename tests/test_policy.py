"""[policy]: keys, defaults, and the profiles of regimes."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigaudit import network
from sigaudit.cli import app
from sigaudit.errors import UsageError
from sigaudit.network import Network
from sigaudit.policy import Policy, profiles
from tests import policy_page

REQUIRED = """
[operator]
name = "Example Mobile"
country = "GH"
plmns = ["62099"]
global_titles = ["23359"]
[policy]
"""
# By hand, from the regimes' sources: hours, days and amounts that profiles must carry.
FIGURES = {
    "india": {
        "swap_cooling_off_hours": 24,
        "port_out_after_swap_days": 7,
        "recycle_quarantine_days": 90,
    },
    "nigeria": {
        "accepted_id_checks": ["biometric"],
        "recycle_quarantine_days": 365,
        "transfer_limit_after_swap": 20000,
        "transfer_limit_currency": "NGN",
        "transfer_limit_hours": 24,
        "ussd_daily_limit": 100000,
    },
    "pakistan": {"accepted_id_checks": ["biometric"], "min_hours_between_swaps": 8},
    "brazil": {"old_sim_notice_before_completion": True},
    "italy": {
        "accepted_id_checks": ["biometric", "document"],
        "old_sim_notice_before_completion": True,
    },
    "united_states": {"old_sim_notice_before_completion": True, "recycle_quarantine_days": 45},
    "australia": {"accepted_id_checks": ["biometric", "document"]},
    "itu": {"old_sim_notice_before_completion": True},
}


def loaded(path: Path, policy: str) -> Network:
    path.write_text(REQUIRED + policy)
    return network.load(path)


def test_every_policy_says_where_its_default_comes_from() -> None:
    for field in Policy.model_fields.values():
        assert field.description
        default = field.default
        words = default if isinstance(default, list) else ["none" if default is None else default]
        assert all(str(word) in field.description for word in words)


@pytest.mark.parametrize("name", profiles())
def test_a_profile_sets_its_figures_and_nothing_else(name: str, tmp_path: Path) -> None:
    policy = loaded(tmp_path / "network.toml", f'profile = "{name}"').policy
    values, defaults = policy.values(None), Policy().model_dump()
    assert {key: values[key] for key in policy.rules()} == FIGURES[name]
    rest = values.keys() - FIGURES[name].keys() - {"profile"}
    assert {key: values[key] for key in rest} == {key: defaults[key] for key in rest}


def test_there_is_a_profile_for_every_regime() -> None:
    assert profiles().keys() == FIGURES.keys()
    assert {profile.country for profile in profiles().values()} == {
        "IN", "NG", "PK", "BR", "IT", "US", "AU", None,
    }  # fmt: skip
    for name, profile in profiles().items():
        assert not {rule.key for rule in profile.rule} - Policy.model_fields.keys() - {"profile"}
        assert Policy.model_validate({"profile": name}).profile == name


def test_own_keys_go_before_the_profile(tmp_path: Path) -> None:
    policy = loaded(
        tmp_path / "network.toml", 'profile = "nigeria"\nrecycle_quarantine_days = 90'
    ).policy
    assert policy.recycle_quarantine_days == 90
    assert policy.transfer_limit_after_swap == 20000
    assert policy.source("recycle_quarantine_days") == "network.toml"
    assert policy.source("transfer_limit_after_swap").startswith("profile nigeria: CBN, ")
    assert policy.source("swap_cooling_off_hours").startswith("default: hours after a swap")


def test_a_rule_that_was_not_in_force_yet_does_not_hold(tmp_path: Path) -> None:
    nigeria = loaded(tmp_path / "network.toml", 'profile = "nigeria"')
    early, late = datetime(2026, 6, 30, 23, 59), datetime(2026, 7, 1)
    assert nigeria.policy.values(early)["transfer_limit_after_swap"] is None
    assert nigeria.policy.values(late)["transfer_limit_after_swap"] == 20000
    [amount, currency] = nigeria.warnings(early)
    assert "policy.transfer_limit_after_swap: CBN" in amount
    assert "2026-07-01" in amount
    assert "policy.transfer_limit_currency" in currency
    assert nigeria.warnings(late) == []
    assert nigeria.policy.values(datetime(2023, 12, 31))["recycle_quarantine_days"] == 90
    assert nigeria.policy.values(datetime(2024, 1, 1))["recycle_quarantine_days"] == 365


@pytest.mark.parametrize("value", ['"atlantis"', "3", '""', '"../itu"'])
def test_a_profile_that_there_is_not(value: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"policy\.profile: expected"):
        loaded(tmp_path / "network.toml", f"profile = {value}")


def test_the_page_has_every_profile() -> None:
    assert policy_page.PAGE.read_text(encoding="utf-8") == policy_page.page(), (
        "run python -m tests.policy_page"
    )


def test_the_command_prints_every_key_and_whose_it_is(tmp_path: Path) -> None:
    loaded(tmp_path / "network.toml", 'profile = "nigeria"\nrecycle_quarantine_days = 90')
    for more in (["--network", str(tmp_path / "network.toml")], ["--profile", "nigeria"]):
        done = CliRunner().invoke(app, ["policy", *more])
        assert done.exit_code == 0
        told = {line.split()[0]: line for line in done.stdout.splitlines()}
        assert told.keys() >= Policy.model_fields.keys()
        assert "CBN, circulars of 2026" in told["transfer_limit_after_swap"]
        assert "default: " in told["swap_back_hours"]
        whose = "network.toml" if "--network" in more else "NCC"
        assert whose in told["recycle_quarantine_days"]
    for wrong in (["--profile", "atlantis"], ["--profile", "itu", "--network", "x"]):
        assert isinstance(CliRunner().invoke(app, ["policy", *wrong]).exception, UsageError)


def test_values_are_what_sql_takes() -> None:
    json.dumps(Policy().values(None))
