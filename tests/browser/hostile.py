"""An operator's exports in which every string that an attacker can choose is an injection."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from tests.scenes import cast, diameter, diameter_requests, messages, sms
from tests.scenes.cast import own_imsi
from tests.scenes.dialogue import Capture
from tests.scenes.files import pcap

# RAN tells the page that opened the report; CANARY is a server that nothing may ask.
INJECTIONS = [
    "<script>RAN</script>",
    '"><img src=x onerror="RAN">',
    "'><svg onload='RAN'>",
    "</script><script>RAN</script>",
    "</style><script>RAN</script>",
    "</title></head><body onload=RAN>",
    "</textarea></select></table><script>RAN</script>",
    "<iframe srcdoc='<script>RAN</script>'></iframe>",
    "<a href=javascript:RAN id=show-critical>x</a>",
    "<details open ontoggle=RAN>x</details>",
    "<input autofocus onfocus=RAN>",
    "--><script>RAN</script>",
    "]]><script>RAN</script>",
    "{{RAN}}${RAN}#{RAN}",
    "&lt;script&gt;RAN&lt;/script&gt;",
    "\\u003cscript\\u003eRAN\\u003c/script\\u003e",
    "<img src=CANARY/image>",
    "<link rel=stylesheet href=CANARY/style>",
    "<style>@import 'CANARY/import';*{background:url(CANARY/background)}</style>",
    "<meta http-equiv=refresh content='0;url=CANARY/refresh'>",
    "<base href=CANARY/base/>",
    "<object data=CANARY/object></object><embed src=CANARY/embed>",
    "<video src=CANARY/video autoplay></video><audio src=CANARY/audio>",
    "<form action=CANARY/form id=findings><input name=x></form>",
    "<svg><use href=CANARY/use /><image href=CANARY/svg /></svg>",
    "gnp\u202e.exe\u2066\u200b\ufeff",
]
SENDERS = ["<ExMoney>", "<i>ExMoney", "'ExMoney'", '"ExMoney"', "<ExMoney/>"]  # 11 letters at most
SWAPS = ["swap_id", "completed_at", "msisdn", "new_imsi", "agent_id", "id_check", "outcome"]
EVENTS = ["event_id", "occurred_at", "msisdn", "provider", "event", "account_id", "payee"]
MORNING = datetime(2026, 3, 1, 8)


def write(folder: Path, canary: str) -> None:
    """Captures and logs with findings for each injection: hosts, senders, agents, ids, names."""
    texts = [text.replace("RAN", "top.ran=1").replace("CANARY", canary) for text in INJECTIONS]
    for number, text in enumerate(texts):
        name = text.replace("/", "\N{DIVISION SLASH}")[:60]
        (folder / f"{number:02} {name}.pcap").write_bytes(pcap(hosts(number, text).frames()))
    (folder / "senders.pcap").write_bytes(pcap(senders().frames()))
    table(folder / "swaps <script>top.ran=1<\N{DIVISION SLASH}script>.csv", SWAPS, swaps(texts))
    table(folder / "events'><img src=x onerror=top.ran=1>.csv", EVENTS, events(texts))
    (folder / "notes <svg onload=top.ran=1>.txt").write_text("neither capture nor log", "utf-8")


def hosts(number: int, text: str) -> Capture:
    """A home server's request from a host and realm of that name."""
    capture = Capture(cast.MORNING + timedelta(minutes=number))
    stranger = (f"{text}.example", f"{text}.realm")
    command = diameter.INSERT_SUBSCRIBER_DATA
    diameter_requests.ask(capture, stranger, command, own_imsi(800 + number), route=[text])
    return capture


def senders() -> Capture:
    """Short messages from names that look like the financial service's."""
    capture = Capture(cast.MORNING)
    for number, sender in enumerate(SENDERS):
        centre = messages.Address(f"3363998{1000 + number}", messages.MSC)
        text = sms.deliver(sender, sms.INVENTED_GREETING)
        messages.deliver(capture, 900 + number, text, by=centre)
    return capture


def swaps(texts: list[str]) -> list[list[str]]:
    return [
        [
            f"S{n} {text}",
            at(n, 0),
            f"2335900008{n:02}",
            f"6209900000009{n:02}",
            text,
            "none",
            "completed",
        ]
        for n, text in enumerate(texts)
    ]


def events(texts: list[str]) -> list[list[str]]:
    return [
        [f"{kind} {n} {text}", at(n, minute), f"2335900008{n:02}", text, kind, text, text]
        for n, text in enumerate(texts)
        for kind, minute in (("otp_sent", 5), ("transfer", 9))
    ]


def at(number: int, minute: int) -> str:
    return f"{MORNING + timedelta(minutes=20 * number + minute):%Y-%m-%dT%H:%M:%SZ}"


def table(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
