"""Compile the walker where a C compiler is at hand; without one it runs as plain Python."""

import os

from Cython.Build import cythonize
from setuptools import Extension, setup

MODULES = [
    "aside", "ber", "capture", "columns", "command_packet", "component", "diameter", "digits",
    "flows", "frames", "interned", "link", "m2ua", "map", "mtp", "password", "path", "prompt",
    "reading", "repeated", "sccp", "sccp_address", "sctp", "sigtran", "sms", "sms_address",
    "sms_header", "sms_text", "sms_time", "tcap", "tcp", "tcp_messages", "tcp_waiting", "text",
    "ussd", "walker",
]  # fmt: skip
SHARED = "dissectors._memoryviews"  # Cython writes what all modules need of them once
DIRECTIVES = {
    "language_level": 3,
    "boundscheck": True,
    "wraparound": False,
    "cdivision": True,
    "initializedcheck": False,
    "show_performance_hints": False,
}


def extensions() -> list[Extension]:
    """The modules to compile; each is optional, so that a failing compiler stops nothing."""
    if os.environ.get("SIGAUDIT_PURE_PYTHON"):
        return []
    shared = Extension(SHARED, [f"{SHARED.replace('.', '/')}.c"])
    modules = [Extension(f"dissectors.{name}", [f"dissectors/{name}.py"]) for name in MODULES]
    compiled = cythonize(
        [shared, *modules],
        compiler_directives=DIRECTIVES,
        shared_utility_qualified_name=SHARED,
        nthreads=0,
    )
    for extension in compiled:
        extension.optional = True
        extension.extra_compile_args = ["-g0"]
    return list(compiled)


setup(ext_modules=extensions())
