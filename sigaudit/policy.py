"""[policy] of network.toml: the thresholds that checks of SIM swaps and of money go by.

A key that network.toml gives holds, else what the chosen profile sets (profiles/NAME.toml), else
the default, whose source its description names. Detectors take the values as $parameters.
"""

import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from sigaudit.network_values import Country, Table, Text, matching

ITU = "itu"
OWN = "this project's starting point"
IdCheck = Literal["biometric", "document", "knowledge", "none"]
Day = Annotated[str, matching(r"[0-9]{4}(-[0-9]{2}){0,2}", "a year, month or day as in ISO 8601")]


class Rule(Table):
    """A figure that a regime sets: the key's value, where it stands and since when it holds."""

    key: Text
    value: bool | int | str | list[IdCheck]
    issuer: Text
    reference: Text  # the legal text
    in_force: Day | None = None  # None: not known, or not in force yet
    binding: Literal["rule", "recommendation"]
    seen_in: Text  # where the figure was read, which is not always the legal text
    note: Text | None = None


class Duty(Table):
    """What a regime asks for and no log or capture shows."""

    duty: Text
    issuer: Text
    reference: Text


class Profile(Table):
    """The regime of a country, or ITU's recommendations."""

    title: Text
    country: Country | None = None
    rule: list[Rule] = Field(default=[])
    duty: list[Duty] = Field(default=[])


@cache
def profiles() -> dict[str, Profile]:
    """The profiles there are, by name."""
    found = sorted((files("sigaudit") / "profiles").iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): Profile.model_validate(tomllib.loads(file.read_text()))
        for file in found
        if file.name.endswith(".toml")
    }


def _profile(name: str) -> str:
    if name not in profiles():
        raise ValueError(f"expected one of {', '.join(profiles())}")
    return name


def number(default: int, words: str) -> Any:
    """A key that is a whole number of what its name says."""
    return Field(default=default, ge=0, description=words)


class Policy(Table):
    """The regime in force; the defaults hold where no regulator has set a figure."""

    profile: Annotated[str, AfterValidator(_profile)] = Field(
        default=ITU, description="whose figures hold for the keys that are not given; itu"
    )
    swap_cooling_off_hours: int = number(
        24,
        "hours after a swap without OTP use, PIN reset or transfer; "
        "24 as India's DoT ordered for SMS in November 2022",
    )
    max_swaps_per_agent_per_day: int = number(
        20, f"swaps by one agent in any 24 hours; 20 is {OWN}, to be tuned on the operator's log"
    )
    max_swaps_per_outlet_per_day: int = number(
        100, f"swaps in one outlet in any 24 hours; 100 is {OWN}"
    )
    max_swaps_per_subscriber_per_month: int = number(
        2, f"swaps of one number in any 30 days; 2 is {OWN}"
    )
    max_numbers_per_imsi: int = number(
        1, "numbers that one new SIM is given to; 1, as a SIM has one number unless it says so"
    )
    max_swaps_per_device_per_week: int = number(
        2, f"numbers swapped to SIMs in one device in any 7 days; 2 is {OWN}"
    )
    min_hours_between_swaps: int = number(
        0, "hours from one swap or port-in of a number to its next; 0: no regime but Pakistan's"
    )
    port_out_after_swap_days: int = number(
        7, "days after a swap without port-out; 7 as India's TRAI asks since July 2024"
    )
    swap_back_hours: int = number(
        48, f"hours within which a number that returns to its old SIM is a swap-back; 48 is {OWN}"
    )
    swaps_from_hour: int = Field(
        default=6, ge=0, le=24, description=f"hour of the day, local, when outlets open; 6 is {OWN}"
    )
    swaps_until_hour: int = Field(
        default=22, ge=0, le=24, description=f"hour of the day when outlets close; 22 is {OWN}"
    )
    accepted_id_checks: list[IdCheck] = Field(
        default=["biometric", "document"],
        description="identity checks that count as such; biometric, document: knowledge alone "
        f"is what fraudsters have; {OWN}",
    )
    old_sim_notice_minutes: int = number(
        5, f"minutes from the request for a swap to the notice to the old SIM; 5 is {OWN}"
    )
    old_sim_notice_before_completion: bool = Field(
        default=True,
        description="whether the old SIM is told before the swap is done; "
        "True as ITU's controls for mobile operators recommend",
    )
    dfs_notice_minutes: int = number(
        60,
        "minutes from a swap to the notice to the financial services, which is too late after the "
        f"first use in any case; 60 is {OWN}: ITU names no figure",
    )
    otp_after_swap_hours: int = number(
        72, f"hours after a swap in which one-time passwords are looked at; 72 is {OWN}"
    )
    transfer_after_otp_minutes: int = number(
        60, f"minutes from a one-time password to the transfer that it served; 60 is {OWN}"
    )
    payee_near_swap_hours: int = number(
        72,
        "hours between a swap and a new payee that are suspiciously close (ITU-T TR-SS7-DFS 12.4), "
        f"either way; 72 is {OWN}",
    )
    transfer_limit_after_swap: int | None = Field(
        default=None,
        ge=0,
        description="sum of transfers and cash-outs in transfer_limit_hours after a swap; "
        "none: no regime but Nigeria's sets one",
    )
    transfer_limit_currency: (
        Annotated[str, matching("[A-Z]{3}", "three capital letters")] | None
    ) = Field(default=None, description="currency of transfer_limit_after_swap; none")
    transfer_limit_hours: int = number(
        24, "hours after a swap in which transfer_limit_after_swap holds; 24 as in Nigeria"
    )
    ussd_daily_limit: int | None = Field(
        default=None,
        ge=0,
        description="sum that an account moves over USSD in a day; "
        "none: no regime but Nigeria's sets one",
    )
    recon_before_swap_hours: int = number(
        168, f"hours before a swap in which questions from outside prepare it; 168 is {OWN}"
    )
    pin_reset_before_swap_hours: int = number(
        72, f"hours before a swap in which PIN and password resets prepare it; 72 is {OWN}"
    )
    registration_after_swap_hours: int = number(
        24, f"hours in which the new SIM is seen in signalling after its swap; 24 is {OWN}"
    )
    log_before_change_hours: int = number(
        48,
        f"hours before a change of IMSI in signalling in which a log row explains it; 48 is {OWN}",
    )
    log_after_change_hours: int = number(
        24, f"hours after a change of IMSI in which the log row may still be written; 24 is {OWN}"
    )
    recycle_quarantine_days: int = number(
        90, "days between a number's release and its next subscriber; 90 as in India"
    )
    dormant_account_days: int = number(
        30,
        "days without an event after which an account is idle (ITU-T TR-SS7-DFS 12.5 names no "
        f"figure); 30 is {OWN}",
    )
    _given: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _with_profile(cls, given: Any, check: Callable[[Any], "Policy"]) -> "Policy":
        """What is not given is as the profile sets it."""
        if not isinstance(given, dict):
            return check(given)
        chosen = given.get("profile", ITU)
        profile = profiles().get(chosen) if isinstance(chosen, str) else None
        figures = {rule.key: rule.value for rule in profile.rule} if profile else {}
        policy = check({**figures, **given})
        policy._given = frozenset(given)
        return policy

    def rules(self) -> dict[str, Rule]:
        """The profile's rules that hold, by key: those that network.toml does not override."""
        rules = profiles()[self.profile].rule
        return {rule.key: rule for rule in rules if rule.key not in self._given}

    def source(self, key: str) -> str:
        """Where the value in force comes from, for people."""
        if key in self._given and key != "profile":
            return "network.toml"
        if rule := self.rules().get(key):
            since = f", in force from {rule.in_force}" if rule.in_force else ""
            return f"profile {self.profile}: {rule.issuer}, {rule.reference}{since}"
        return f"default: {Policy.model_fields[key].description}"

    def values(self, now: datetime | None) -> dict[str, Any]:
        """Every key's value; a rule of the profile that `now` is too early for is not in force."""
        early = {key: Policy.model_fields[key].default for key in self._early(now)}
        return self.model_dump() | early

    def warnings(self, now: datetime | None) -> list[str]:
        """The rules that `now`, the time of the evidence, is too early for."""
        return [
            f"policy.{key}: {rule.issuer}, {rule.reference}, is in force from {rule.in_force}, "
            f"after the evidence; the default holds, {Policy.model_fields[key].default}"
            for key, rule in self._early(now).items()
        ]

    def _early(self, now: datetime | None) -> dict[str, Rule]:
        day = now.isoformat() if now else "9999"
        return {
            key: rule
            for key, rule in self.rules().items()
            if rule.in_force
            and day[: len(rule.in_force)] < rule.in_force
            and rule.value != Policy.model_fields[key].default
        }
