"""`python -m tests.quality [--seeds 1] [--messages 200000] [--write]`: judge generated weeks.

Of the weeks with logs five are judged at least: they are small.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.quality import report, swaps
from tests.quality.judge import Verdict, judge
from tests.week import audited
from tests.week.generate import generate
from tests.week.writer import write

PAGE = Path(__file__).parents[2] / "docs/quality.md"
SWAPS_PAGE = PAGE.with_name("quality_swaps.md")
LEAST_SEEDS = 5


def week(messages: int, seed: int) -> Verdict:
    """Generate a week, audit it, and hold its findings against its labels."""
    with tempfile.TemporaryDirectory() as name, connected(Path(":memory:")) as connection:
        directory = Path(name)
        made = generate(messages, seed)
        frames = write(made, directory)
        outcome = ingest(connection, sorted(directory.glob("*.pcap")))
        assert not outcome.failed, "a capture of the week could not be read"
        detect.run(connection, network.load(audited.write(directory)))
        findings = document(connection)["findings"]
    return judge(findings, made.attacks, frames, made.dialogues)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many weeks, from seed 1 on")
    parser.add_argument("--messages", type=int, default=200_000, help="of a week")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    return parser.parse_args()


def main() -> None:
    asked, verdicts = arguments(), []
    for seed in range(1, asked.seeds + 1):
        start = time.perf_counter()
        verdicts.append(week(asked.messages, seed))
        taken = time.perf_counter() - start
        sys.stderr.write(f"seed {seed}: {report.line(verdicts[-1])}, {taken:.0f} s\n")
    text = report.page(verdicts, asked.messages)
    seeds = range(1, max(asked.seeds, LEAST_SEEDS) + 1)
    of_swaps = swaps.page([swaps.week(seed) for seed in seeds])
    sys.stdout.write(text + of_swaps)
    if asked.write:
        PAGE.write_text(text, "utf-8")
        SWAPS_PAGE.write_text(of_swaps, "utf-8")


if __name__ == "__main__":
    main()
