"""Inputs that killed the process that read them: who they are, and how often."""

from pathlib import Path

from sigaudit import beside
from sigaudit.looked_at import Seen

FILE = "quarantine.json"
STRIKES = 3


class Quarantine:
    """Strikes by file as it was (path, octets, time of change); a changed file has none."""

    def __init__(self, out: Path) -> None:
        self.path = out / FILE
        self.strikes: dict[Seen, int] = {}
        for row in beside.read_json(self.path) or []:
            self.strikes[str(row["path"]), row["bytes"], row["modified"]] = row["strikes"]

    @property
    def suspects(self) -> frozenset[Seen]:
        """What is read by itself."""
        return frozenset(self.strikes)

    @property
    def quarantined(self) -> frozenset[Seen]:
        """What is not read any more."""
        return frozenset(seen for seen, count in self.strikes.items() if count >= STRIKES)

    def strike(self, reading: set[Seen]) -> None:
        """The process died while it read these."""
        for seen in reading:
            self.strikes[seen] = self.strikes.get(seen, 0) + 1
        self._write()

    def clear(self, finished: set[Seen]) -> None:
        """These were read to their end."""
        if finished & self.strikes.keys():
            self.strikes = {seen: n for seen, n in self.strikes.items() if seen not in finished}
            self._write()

    def _write(self) -> None:
        names = ("path", "bytes", "modified")
        rows = [
            {**dict(zip(names, seen, strict=True)), "strikes": count}
            for seen, count in sorted(self.strikes.items())
        ]
        beside.replace_json(self.path, rows)
