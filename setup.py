"""Compile the walker where a C compiler is at hand; without one it runs as plain Python."""

import os

from Cython.Build import cythonize
from setuptools import setup

MODULES = [
    "ber", "capture", "columns", "diameter", "digits", "link", "map", "reading", "sccp", "sctp",
    "sigtran", "sms", "tcap", "tcp", "walker",
]  # fmt: skip
DIRECTIVES = {
    "boundscheck": True,
    "wraparound": False,
    "cdivision": True,
    "initializedcheck": False,
    "show_performance_hints": False,
}


def extensions() -> list[object]:
    """The modules to compile; each is optional, so that a failing compiler stops nothing."""
    if os.environ.get("SIGAUDIT_PURE_PYTHON"):
        return []
    paths = [f"dissectors/{module}.py" for module in MODULES]
    compiled = cythonize(paths, language_level=3, compiler_directives=DIRECTIVES)
    for extension in compiled:
        extension.optional = True
    return list(compiled)


setup(ext_modules=extensions())
