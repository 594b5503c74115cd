"""Extract the frames with messages of captures, and compare what tshark reads before and after.

python -m tests.extracts DIR

tshark must open each extract, find every checksum right that was right in the original, and read
the same rows in it as in the frames of the original. Needs tshark; exit status 1 where something
differs.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from sigaudit import store
from sigaudit.errors import SigauditError
from sigaudit.extract import Outcome, extract
from sigaudit.ingest import ingest
from tests import tshark
from tests.compare import captures

MOST_FRAMES = 200
AS_IT_WAS = "as it was"
PARAMETERS = ("imsi", "msisdn")
CHECKSUMS = ("sctp.checksum.status", "tcp.checksum.status", "udp.checksum.status")
VERIFY = ["-o", "sctp.checksum:CRC-32C", "-o", "tcp.check_checksum:TRUE"]


def main() -> int:
    faults = [fault for path in captures(Path(sys.argv[1])) for fault in compared(path)]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def compared(path: Path) -> list[str]:
    """What is wrong with the extract of a capture; prints how much was extracted."""
    rows = tshark.messages(path)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "extract.pcapng")
        with store.connected(Path(folder, "audit.duckdb")) as connection:
            ingest(connection, [path])
            outcome = extracted(connection, path, out)
        kept = [int(line.split(",")[0].rpartition(":")[2]) for line in outcome.written]
        sys.stdout.write(f"{path.name}: {len(kept)} frames, {len(outcome.left_out)} left out\n")
        if not kept:
            return []
        same = [
            frame for frame, line in zip(kept, outcome.written, strict=True) if AS_IT_WAS in line
        ]
        numbers = dict(enumerate(kept, 1))
        found = outside_of_text(renumbered(tshark.messages(out), numbers), kept, same)
        expected = outside_of_text(rows, kept, same)
        faults = [] if found == expected else [f"{path.name}: tshark reads other rows"]
        made = {(kept[place - 1], name) for place, name in wrong_checksums(out)}
        wrong = sorted(made - wrong_checksums(path))  # without text a frame stays as it was
        return faults + [f"{path.name}: frame {frame}, {name} is wrong" for frame, name in wrong]


def outside_of_text(
    tables: tshark.Tables, kept: list[int], same: list[int]
) -> dict[str, list[dict[str, object]]]:
    """Rows of the frames kept; of those that were blanked, what no short message stands for.

    Where a text begins is not always sure, then the whole parameter is blanked.
    """
    return {
        table: [
            {name: row[name] for name in row if row["frame"] in same or name not in PARAMETERS}
            for row in rows
            if row["frame"] in (same if table == "sms" else kept)
        ]
        for table, rows in tables.items()
    }


def extracted(connection: duckdb.DuckDBPyConnection, path: Path, out: Path) -> Outcome:
    """The frames with messages, each as evidence of its messages; nothing if all are left out."""
    places = connection.execute(
        "select distinct frame, message from map_common union select frame, message from"
        " diameter_message order by all limit ?",
        [MOST_FRAMES],
    ).fetchall()
    try:
        named = [f"{path.name}:{frame}:{message}" for frame, message in places]
        return extract(connection, None, named, out)
    except SigauditError as error:
        return Outcome([], str(error).split("\n")[1:])


def renumbered(tables: tshark.Tables, numbers: dict[int, int]) -> tshark.Tables:
    return {
        table: [row | {"frame": numbers[row["frame"]]} for row in rows]
        for table, rows in tables.items()
    }


def wrong_checksums(path: Path) -> set[tuple[int, str]]:
    """Frames and fields of tshark that say Bad (0)."""
    fields = [word for name in CHECKSUMS for word in ("-e", name)]
    command = ["tshark", "-n", *VERIFY, "-r", str(path), "-T", "fields", *fields]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {
        (frame, name)
        for frame, line in enumerate(printed.splitlines(), 1)
        for name, status in zip(CHECKSUMS, line.split("\t"), strict=False)
        if status == "0"
    }


if __name__ == "__main__":
    sys.exit(main())
