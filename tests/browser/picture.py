"""The picture in the README: `python -m tests.browser.picture REPORT.html docs/report.png`."""

import sys
from pathlib import Path

from tests.browser.chromium import photograph

WIDTH, HEIGHT = 1280, 1920

if __name__ == "__main__":
    photograph(*map(Path, sys.argv[1:3]), WIDTH, HEIGHT)
