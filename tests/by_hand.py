"""A database with rows written by hand: what must be found does not depend on the walker."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from dissectors.diameter_fields import DIAMETER_DIGITS
from dissectors.fields import DIGITS, FLAGS, PACKED, PACKED_WIDTH
from sigaudit import captures, detect
from sigaudit.network import Network
from tests.scenes.tcap import CONTEXTS

HERE = Path(detect.__file__)
SCHEMA = HERE.with_name("schema.sql").read_text("utf-8")
UNATTENDED = HERE.with_name("unattended.sql").read_text("utf-8")
NOON = datetime(2026, 3, 1, 12)
OWN_HLR, OWN_SMSC = "233590000001", "233590000100"
PARTNER_VLR, STRANGER = "447700900001", "88213000001"  # +882 belongs to no country
OWN_IMSI, PARTNER_IMSI, OWN_MSISDN = "620990000000001", "234990000000001", "233590100001"
OWN_REALM, PARTNER_REALM = (
    "epc.mnc099.mcc620.3gppnetwork.org",
    "epc.mnc099.mcc234.3gppnetwork.org",
)
ONLY_VERSION_2 = {*range(10, 19), 58, 59, 60, 61, 64}  # the contexts 18, 19, 23 and 26
BORDER, INNER = 2 << 11 | 100 << 3 | 1, 2 << 11 | 200 << 3 | 1  # 2-100-1 and 2-200-1
OUTSIDE_PEER, OWN_DRA = "198.51.100.7", "192.0.2.1"
INVOKE, RESULT, ERROR = 161, 162, 163
BEGIN, END, CONTINUE, ABORT = 98, 100, 101, 103
ATI, UPDATE_LOCATION, CANCEL_LOCATION, INSERT_DATA, SUBSCRIBER_INFO, MT_SMS = 71, 2, 3, 7, 70, 44

NETWORK: dict[str, Any] = {
    "operator": {
        "name": "Example Mobile",
        "country": "GH",
        "plmns": ["62099"],
        "global_titles": ["23359"],
        "msisdn_prefixes": ["23359"],
        "diameter_realms": [OWN_REALM],
    },
    "interconnect": {"point_codes": ["2-100-1"], "peers": [OUTSIDE_PEER]},
    "roaming_partner": [
        {
            "name": "Partner UK",
            "country": "GB",
            "plmns": ["23499"],
            "global_titles": ["447700"],
            "diameter_realms": [PARTNER_REALM],
        }
    ],
    "dfs_provider": [{"name": "Example Money", "senders": ["ExMoney"]}],
}


def columns_of(table: str) -> set[str]:
    """A table's columns in schema.sql, but its id."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        connection.execute(UNATTENDED)
        found = connection.execute(
            "select column_name from duckdb_columns() where table_name = ?", [table]
        )
        return {name for (name,) in found.fetchall()} - {"id"}


RARE = {table: columns_of(table) for table in captures.RARE if table.startswith("map_")}
ADDRESS = columns_of("sccp_address")
SHARED = (  # table, column with its id, prefix of its columns in the view, columns
    ("path", "path_id", "", columns_of("path")),
    ("sccp_address", "calling_id", "calling_", ADDRESS),
    ("sccp_address", "called_id", "called_", ADDRESS),
    ("dialogue_portion", "dialogue_id", "", columns_of("dialogue_portion")),
)

DIAMETER_TABLES = {
    table: columns_of(table)
    for table in ("path", "diameter_route", "diameter_registration", "diameter_subscription",
                  "diameter_location", "diameter_sms", "diameter_ims", "diameter_rare")
}  # fmt: skip


def insert(connection: DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    """One row; of map_component or diameter_message, which are views, into those beneath."""
    if table == "map_component":
        insert_component(connection, row)
        return
    if table == "diameter_message":
        insert_diameter(connection, row)
        return
    columns = ", ".join(f'? as "{column}"' for column in row)
    connection.execute(f"insert into {table} by name select {columns}", list(row.values()))


def insert_component(connection: DuckDBPyConnection, row: dict[str, Any]) -> None:
    """A row of the view map_component; what it could share with others has rows of its own."""
    row = dict(row)
    of_input = row.pop("input_id") << 40
    number = row["id"] | of_input
    common: dict[str, Any] = {"id": number}
    for place, (table, column, prefix, names) in enumerate(SHARED):
        part = {name: row.pop(prefix + name) for name in names if prefix + name in row}
        if part or table == "path":
            common[column] = 4 * row["id"] + place | of_input
            insert(connection, table, {"id": common[column]} | part)
    for table, columns in RARE.items():
        rare = {name: row.pop(name) for name in columns if name in row}
        if rare:
            insert(connection, table, {"id": number} | rare)
    flags = [row.pop(name, None) for name in FLAGS]
    common["flags"] = sum(
        1 << len(PACKED) * PACKED_WIDTH + bit for bit, flag in enumerate(flags) if flag
    )
    for name in DIGITS:
        if row.get(name) is not None:
            row[name] = int(f"1{row[name]}")
    insert(connection, "map_common", {"tcap_type": BEGIN} | row | common)


def insert_diameter(connection: DuckDBPyConnection, row: dict[str, Any]) -> None:
    """A row of the view diameter_message."""
    row = dict(row)
    of_input = row.pop("input_id") << 40
    number = row["id"] | of_input
    for name in DIAMETER_DIGITS:
        if row.get(name) is not None:
            row[name] = int(f"1{row[name]}")
    flags = 128 * row.pop("is_request") | 16 * row.pop("is_retransmission", False)
    row = {"fingerprint": 0, "command_flags": flags} | row
    for table, columns in DIAMETER_TABLES.items():
        part = {name: row.pop(name) for name in columns & row.keys()}
        if part or table == "path":
            key = {"path": "path_id", "diameter_route": "route_id"}.get(table)
            if key:
                row[key] = 4 * (number - of_input) | of_input
            insert(connection, table, {"id": row[key] if key else number} | part)
    insert(connection, "diameter_common", row | {"id": number})


def context_of(opcode: int) -> dict[str, int]:
    """The application context in which an operation opens a dialogue."""
    if opcode not in CONTEXTS:
        return {}
    version = 2 if opcode in ONLY_VERSION_2 else 3
    return {"application_context": CONTEXTS[opcode], "map_version": version}


class Scene:
    """An empty database, and rows in it that default to what does not matter."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection
        self.rows = 0
        connection.execute(SCHEMA)
        connection.execute(UNATTENDED)

    def insert(self, table: str, **columns: Any) -> int:
        self.rows += 1
        insert(self.connection, table, columns)
        return self.rows

    def input(self, number: int = 1, kind: str = "capture", name: str = "stp.pcap") -> None:
        self.insert(
            "input",
            input_id=number,
            name=name,
            path=name,
            sha256=f"{number:064x}",
            kind=kind,
            bytes=1,
            items=1,
            first_seen=NOON,
            last_seen=NOON + timedelta(hours=1),
        )

    def map(self, seconds: float, **columns: Any) -> int:
        number = self.rows + 1
        defaults = {
            "id": number,
            "input_id": 1,
            "frame": number,
            "message": 1,
            "component": 1,
            "seen_at": NOON + timedelta(seconds=seconds),
            "calling_plan": 1,
            "called_plan": 1,
            "digest": number,
        }
        row = defaults | columns
        self.insert("map_component", **row)
        return int(row["id"] | row["input_id"] << 40)

    def ask(self, seconds: float, opcode: int, asker: str | None, **columns: Any) -> int:
        """A TC-Begin with one invoke that enters at the border."""
        defaults = {
            "opc": BORDER,
            "dpc": INNER,
            "calling_gt": asker,
            "called_gt": OWN_HLR,
            "calling_ssn": 5,  # MAP as a whole (TS 23.003 8.2)
            "called_ssn": 5,
            "tcap_type": BEGIN,
            "otid": 1000 + self.rows,
            "component_type": INVOKE,
            "invoke_id": 1,
            "opcode": opcode,
            **context_of(opcode),
        }
        return self.map(seconds, **defaults | columns)

    def reply(self, seconds: float, request: int, **columns: Any) -> int:
        """A TC-End with the result, on the way back; an empty result has no operation code."""
        asked = self.connection.execute(
            "select otid, calling_gt, called_gt, opc, dpc, invoke_id from map_component"
            " where id = ?",
            [request],
        ).fetchall()[0]
        defaults = {
            "dtid": asked[0],
            "called_gt": asked[1],
            "calling_gt": asked[2],
            "dpc": asked[3],
            "opc": asked[4],
            "invoke_id": asked[5],
            "tcap_type": END,
            "component_type": RESULT,
        }
        return self.map(seconds, **defaults | columns)

    def diameter(self, seconds: float, command: int, realm: str, **columns: Any) -> int:
        number = self.rows + 1
        defaults = {
            "id": number,
            "input_id": 1,
            "frame": number,
            "message": 1,
            "seen_at": NOON + timedelta(seconds=seconds),
            "source_address": OUTSIDE_PEER,
            "destination_address": OWN_DRA,
            "is_request": True,
            "command_code": command,
            "application_id": 16777251,
            "hop_by_hop": number,
            "end_to_end": number,
            "origin_host": f"hss.{realm}",
            "origin_realm": realm,
            "digest": number,
        }
        return self.insert("diameter_message", **defaults | columns)

    def swap(self, hours: float, **columns: Any) -> int:
        number = self.rows + 1
        defaults = {
            "id": number,
            "input_id": 2,
            "swap_id": f"S{number}",
            "event": "swap",
            "completed_at": NOON + timedelta(hours=hours),
            "msisdn": OWN_MSISDN,
            "new_imsi": OWN_IMSI,
            "agent_id": "A7",
            "outcome": "completed",
        }
        return self.insert("swap", **defaults | columns)

    def dfs(self, hours: float, event: str, **columns: Any) -> int:
        number = self.rows + 1
        defaults = {
            "id": number,
            "input_id": 3,
            "event_id": f"E{number}",
            "occurred_at": NOON + timedelta(hours=hours),
            "msisdn": OWN_MSISDN,
            "event": event,
        }
        return self.insert("dfs_event", **defaults | columns)

    def run(self, **tables: Any) -> Counter[str]:
        network = {key: table for key, table in (NETWORK | tables).items() if table is not None}
        detect.run(self.connection, Network.model_validate(network))
        found = self.connection.execute("select detector from finding").fetchall()
        return Counter(detector for (detector,) in found)

    def finding(self, **tables: Any) -> dict[str, Any]:
        """The one finding."""
        assert self.run(**tables).total() == 1
        found = self.connection.execute("select * from finding")
        names = [column[0] for column in found.description or []]
        return dict(zip(names, found.fetchall()[0], strict=True))

    def not_assessed(self, detector: str) -> list[str]:
        query = "select missing from not_assessed where detector = ? order by all"
        return [what for (what,) in self.connection.execute(query, [detector]).fetchall()]


def register(scene: Scene, seconds: float, vlr: str) -> None:
    request = scene.ask(
        seconds, UPDATE_LOCATION, vlr, imsi=OWN_IMSI, msc_number=vlr, vlr_number=vlr
    )
    scene.reply(seconds + 1, request)


def deliver(scene: Scene, seconds: float, msc: str, **facts: Any) -> None:
    """Our SMSC hands a short message to a node abroad, which takes it."""
    request = scene.ask(
        seconds, MT_SMS, OWN_SMSC, imsi=OWN_IMSI, called_gt=msc, opc=INNER, dpc=BORDER
    )
    scene.reply(seconds + 1, request)
    scene.insert("sms", component_id=request, mobile_terminated=True, **facts)


@pytest.fixture(name="scene")
def empty_scene() -> Iterator[Scene]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        made = Scene(connection)
        made.input(1)
        made.input(2, "sim_swap", "swaps.csv")
        made.input(3, "dfs_event", "dfs.csv")
        yield made
