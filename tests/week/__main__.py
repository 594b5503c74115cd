"""`python -m tests.week DIRECTORY [MESSAGES] [SEED]`: captures, network.toml and labels.json."""

import json
import sys
from pathlib import Path

from tests.week import audited
from tests.week.generate import generate
from tests.week.writer import write


def main(directory: Path, messages: int = 200_000, seed: int = 1) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    week = generate(messages, seed)
    frames = write(week, directory)
    audited.write(directory)
    labels = [
        vars(attack) | {"subjects": sorted(attack.subjects), "frames": frames[attack.number]}
        for attack in week.attacks
    ]
    (directory / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
