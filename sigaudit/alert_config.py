"""Whom to tell of findings: the [[alert]] tables of network.toml, or of a file of their own."""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sigaudit.detector import Severity
from sigaudit.errors import UsageError
from sigaudit.network_values import Table, Text, matching

NAME = matching(r"[A-Za-z0-9_-]{1,40}", "a name of letters, digits, - and _")
NEEDS = {"file": "path", "syslog": "address", "webhook": "url"}
SCHEMES = {"address": ("udp", "tcp", "unix"), "url": ("http", "https")}


class Alert(Table):
    """Where findings are told, from which severity on, and how.

    Numbers of subscribers are pseudonyms unless `numbers` is "clear". A secret is named by the
    environment variable or the file that holds it, and stands in no configuration.
    """

    name: Annotated[str, NAME]
    kind: Literal["file", "syslog", "webhook"]
    severity: Severity = "high"
    numbers: Literal["pseudonyms", "clear"] = "pseudonyms"
    path: Text | None = None
    address: Text | None = None
    format: Literal["rfc5424", "cef"] = "rfc5424"
    url: Text | None = None
    secret_env: Text | None = None
    secret_file: Text | None = None
    timeout_seconds: float = Field(default=5, gt=0, le=8)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Alert":
        key = NEEDS[self.kind]
        value = getattr(self, key)
        if value is None:
            raise PydanticCustomError("lacking", f"kind {self.kind} needs {key}")
        if key in SCHEMES and urlsplit(value).scheme not in SCHEMES[key]:
            allowed = ", ".join(f"{scheme}:" for scheme in SCHEMES[key])
            raise PydanticCustomError("scheme", f"{key}: expected one of {allowed}")
        return self

    def secret(self) -> bytes | None:
        """What to sign with; UsageError where it is named and not there."""
        if self.secret_env is not None:
            if not (value := os.environ.get(self.secret_env)):
                raise UsageError(f"alert {self.name}: no environment variable {self.secret_env}")
            return value.encode()
        if self.secret_file is not None:
            try:
                return Path(self.secret_file).read_bytes().strip()
            except OSError as error:
                raise UsageError(
                    f"alert {self.name}: secret_file cannot be read: {error.strerror}"
                ) from None
        return None


class AlertFile(Table):
    """A file of [[alert]] tables alone."""

    alert: list[Alert] = Field(default=[])


def load(path: Path) -> list[Alert]:
    """The [[alert]] tables of a file; UsageError names every mistake."""
    import tomllib

    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    try:
        found = AlertFile.model_validate(tables).alert
    except ValidationError as error:
        lines = [f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise UsageError("\n".join(lines)) from None
    return checked(found)


def checked(alerts: list[Alert]) -> list[Alert]:
    """The same; UsageError where two have one name, or a secret is not there."""
    names = [alert.name for alert in alerts]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UsageError(f"[[alert]]: name {min(twice)!r} is there twice; choose another")
    for alert in alerts:
        alert.secret()
    return alerts
