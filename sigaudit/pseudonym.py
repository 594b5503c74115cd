"""Numbers of subscribers as tokens: one number one token, and no way back without the key."""

import base64
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from sigaudit.errors import SigauditError

KEY_OCTETS = 32
NUMBER = re.compile(r"(?<![\w.:-])\+?\d{7,}(?![\w.:-])")  # no part of an address, a host or a time


def token(key: bytes, number: str) -> str:
    """`~` and 16 base32 characters, the first 80 bits of HMAC-SHA-256."""
    digest = hmac.new(key, number.encode(), hashlib.sha256).digest()[:10]
    return "~" + base64.b32encode(digest).decode()


def key_at(path: Path) -> bytes:
    """The key in a file; made of random octets, readable by its owner alone, if it is not there."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise SigauditError(f"{path}: cannot be made: {error.strerror}") from None
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(KEY_OCTETS)
        file.write(key)
        file.flush()
        os.fsync(descriptor)
    return key


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise SigauditError(f"{path}: cannot be read: {error.strerror}") from None
    if len(key) < KEY_OCTETS:
        raise SigauditError(f"{path}: no key of {KEY_OCTETS} octets; remove it for a new one")
    return key


def hidden(key: bytes, text: str, shown: frozenset[str] = frozenset()) -> str:
    """The text with each number of seven digits or more as its token, but those `shown`."""

    def instead(match: re.Match[str]) -> str:
        number = match[0].removeprefix("+")
        return match[0] if number in shown else token(key, number)

    return NUMBER.sub(instead, text)
