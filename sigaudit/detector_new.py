"""The skeleton of a new detector: sound as it stands, to be filled with what it is about."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

from sigaudit.detector import PATTERN, Threat, load, sql_files
from sigaudit.errors import SigauditError, UsageError


def write(name: str, title: str, threat: str, folder: Path) -> Path:
    """Write the skeleton into `folder`; nothing that is there is overwritten."""
    if not re.fullmatch(PATTERN, name):
        raise UsageError(f"{name}: expected capitals, '-' and two digits, such as OWN-01")
    if threat not in get_args(Threat):
        raise UsageError(f"--threat {threat}: choose one of {', '.join(get_args(Threat))}")
    if not title.strip() or not title.isprintable() or "*/" in title:
        raise UsageError(f"--title: expected one line of text without */, not {title!r}")
    _refuse_taken(name, folder)
    file = folder / f"{name.lower()}-{_words(title)}.sql"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(_skeleton(name, title, threat))
    except OSError as error:
        raise SigauditError(f"{file}: {error.strerror}; name another folder with --out") from None
    return file


def _refuse_taken(name: str, folder: Path) -> None:
    taken = {detector.id: detector.file for detector in load()}
    if name in taken:
        raise UsageError(f"{name}: {taken[name]} of the project has it; choose another id")
    for file in sql_files(folder) if folder.is_dir() else ():
        if file.name.startswith(f"{name.lower()}-"):
            raise UsageError(f"{file}: is there already; choose another id, or remove it first")


def _skeleton(name: str, title: str, threat: str) -> str:
    kind = "swap" if threat == "sim-swap-fraud" else "signalling"
    skeleton = (files("sigaudit") / "skeletons" / f"{kind}.sql").read_text("utf-8")
    for key, value in {"id": name, "title": title.strip(), "threat": threat}.items():
        skeleton = skeleton.replace(f"{{{key}}}", json.dumps(value, ensure_ascii=False), 1)
    return skeleton


def _words(title: str) -> str:
    """The title as part of a file's name."""
    return "-".join(re.findall("[a-z0-9]+", title.lower())[:6]) or "new"
