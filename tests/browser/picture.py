"""The picture in the README: `python -m tests.browser.picture REPORT.html docs/report.png`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 1280, 1560
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--hide-scrollbars",
]


def photograph(page: Path, picture: Path) -> None:
    """The top of the page, as wide as a desk."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("The picture needs chromium; install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={WIDTH},{HEIGHT}"
        shot = [f"--user-data-dir={profile}", size, f"--screenshot={picture.resolve()}"]
        command = [chromium, *QUIET, *shot, page.resolve().as_uri()]
        subprocess.run(command, capture_output=True, timeout=120, check=True)


if __name__ == "__main__":
    photograph(*map(Path, sys.argv[1:3]))
