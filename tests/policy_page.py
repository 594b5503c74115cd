"""Write docs/policy.md: the profiles with their figures; `python -m tests.policy_page`."""

from pathlib import Path

from sigaudit.policy import Duty, Profile, Rule, profiles

PAGE = Path(__file__).parents[1] / "docs" / "policy.md"
HEAD = """\
# Policy: regimes and their figures

Thresholds of checks on SIM swaps and money are keys of `[policy]` in network.toml;
[network.md](network.md#policy-the-regime-in-force) lists them all with their defaults.
A profile gives some of them the figures of a regime:

```toml
[policy]
profile = "nigeria"
recycle_quarantine_days = 180   # a key that is given goes before the profile's figure
```

What a profile does not set keeps its default, which is then no regulator's figure. A figure that
came into force after the evidence does not hold: the default does, and that is a warning. The names
of profiles are the headings here. Most figures were read in the press or in summaries of laws, told
in the column *seen in*: check the legal text before a finding is called a breach.
`sigaudit policy --network network.toml` prints every value in force and whose it is.

"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as it should be."""
    return HEAD + "\n".join(section(*named) for named in profiles().items())


def section(name: str, profile: Profile) -> str:
    """A profile's figures, then what no log or capture shows."""
    lines = [f"## {name}", "", f"{profile.title}.", ""]
    if profile.rule:
        lines += [
            "| key | value | set by | in force from | binding | seen in | note |",
            "| --- " * 7 + "|",
        ]
        lines += map(row, profile.rule)
        lines.append("")
    if profile.duty:
        lines += ["No log or capture shows:", "", *map(item, profile.duty), ""]
    return "\n".join(lines)


def row(rule: Rule) -> str:
    """A figure, as a row of the table."""
    cells = (
        f"`policy.{rule.key}`", f"`{shown(rule.value)}`", f"{rule.issuer}, {rule.reference}",
        rule.in_force or "not known", rule.binding, rule.seen_in, rule.note or "",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def shown(value: object) -> str:
    """A value as in TOML."""
    return str(value).lower() if isinstance(value, bool) else str(value).replace("'", '"')


def item(duty: Duty) -> str:
    """A duty, as an item of the list."""
    return f"- {duty.duty} ({duty.issuer}, {duty.reference})"


if __name__ == "__main__":
    main()
