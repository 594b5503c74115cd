"""Chromium without a window: what a page's DOM became, what it looks like, how it prints."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--allow-file-access-from-files", "--hide-scrollbars"),
]


def run(page: Path, *options: str) -> str:
    """Open a page in a profile of its own; what Chromium writes to stdout."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("This needs chromium; install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile:
        command = [
            chromium,
            *QUIET,
            f"--user-data-dir={profile}",
            *options,
            page.resolve().as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    return done.stdout


def dom(page: Path) -> str:
    """The page after its scripts ran, and those of the frames in it."""
    return run(page, "--virtual-time-budget=10000", "--dump-dom")


def printed(page: Path, target: Path) -> None:
    """The page as it is printed."""
    run(page, f"--print-to-pdf={target.resolve()}", "--no-pdf-header-footer")


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """The top of the page."""
    run(page, f"--window-size={width},{height}", f"--screenshot={picture.resolve()}")
