"""The ways out: a file, syslog, a webhook. Each takes one alert or raises NotToldError."""

import hashlib
import hmac
import http.client
import json
import os
import socket
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

from sigaudit.alert_config import Alert
from sigaudit.alert_text import cef, rfc5424
from sigaudit.errors import SigauditError

SYSLOG_PORTS = {"udp": 514, "tcp": 601}


class NotToldError(SigauditError):
    """The other side did not take it; it stays in the queue."""


def tell(alert: Alert, told: dict[str, Any]) -> None:
    """Hand an alert over. Raises NotToldError; nothing of the secret is in its words."""
    try:
        {"file": _to_file, "syslog": _to_syslog, "webhook": _to_webhook}[alert.kind](alert, told)
    except (OSError, http.client.HTTPException, ssl.SSLError) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise NotToldError(f"alert {alert.name}: {why}") from None


def _to_file(alert: Alert, told: dict[str, Any]) -> None:
    """A line of JSON at the end of the file, on the disk before it counts as told."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    descriptor = os.open(str(alert.path), flags, 0o600)
    try:
        os.write(descriptor, (json.dumps(told) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _to_syslog(alert: Alert, told: dict[str, Any]) -> None:
    """A datagram, or over TCP a message behind its length (RFC 6587 3.4.1)."""
    message = (cef(told) if alert.format == "cef" else rfc5424(told)).encode()
    where = urlsplit(str(alert.address))
    if where.scheme == "tcp":
        there = (where.hostname or "", where.port or SYSLOG_PORTS["tcp"])
        with socket.create_connection(there, alert.timeout_seconds) as stream:
            stream.sendall(b"%d %s" % (len(message), message))
        return
    family = socket.AF_UNIX if where.scheme == "unix" else socket.AF_INET
    target: Any = where.path
    if where.scheme == "udp":
        found = socket.getaddrinfo(
            where.hostname, where.port or SYSLOG_PORTS["udp"], type=socket.SOCK_DGRAM
        )
        family, target = found[0][0], found[0][4]
    with socket.socket(family, socket.SOCK_DGRAM) as datagrams:
        datagrams.settimeout(alert.timeout_seconds)
        datagrams.sendto(message, target)


def _to_webhook(alert: Alert, told: dict[str, Any]) -> None:
    """A POST of JSON, signed over time and body; anything but 2xx is a refusal."""
    body = json.dumps(told).encode()
    where = urlsplit(str(alert.url))
    make = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    connection = make(where.hostname or "", where.port, timeout=alert.timeout_seconds)
    try:
        target = (where.path or "/") + (f"?{where.query}" if where.query else "")
        connection.request("POST", target, body, _headers(alert, told, body))
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotToldError(f"alert {alert.name}: answered with status {status}")


def _headers(alert: Alert, told: dict[str, Any], body: bytes) -> dict[str, str]:
    """With a secret: HMAC-SHA-256 of the seconds since 1970, a point, and the body, in hex."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": told["alert_id"]}
    if secret := alert.secret():
        seconds = str(int(time.time()))
        signed = hmac.new(secret, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers |= {"X-Sigaudit-Timestamp": seconds, "X-Sigaudit-Signature": f"sha256={signed}"}
    return headers
