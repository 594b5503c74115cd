"""What went wrong, in words for the person at the command line.

Every message says file, place and remedy. The command line prints it and exits with `exit_code`.
"""


class SigauditError(Exception):
    """Something that the user can mend; exit status 1."""

    exit_code = 1


class UsageError(SigauditError):
    """The command line or network.toml is wrong; exit status 2."""

    exit_code = 2


def printable(text: str) -> str:
    """The text with control characters, which file names can carry, made visible."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def first_line(error: Exception) -> str:
    """DuckDB's complaint without the excerpt of the statement."""
    return str(error).partition("\n")[0]
