"""The database file: made whole, opened, refused with a reason, tidied after a crash."""

from pathlib import Path

import duckdb
import pytest

from sigaudit import captures, store
from sigaudit.errors import SigauditError
from sigaudit.input_rows import remove_orphans


def test_a_failure_while_the_tables_are_made_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.duckdb"
    monkeypatch.setattr(store, "SCHEMA_VERSION", "no number")
    with pytest.raises(duckdb.ConversionException), store.connected(path):
        pass
    monkeypatch.undo()
    with store.connected(path) as connection:
        assert set(store.row_counts(connection).values()) == {0}


@pytest.mark.parametrize(
    "statement", ["create table schema_version (version integer)", "create table other (x integer)",
                  "create table schema_version (installed varchar)"],
)  # fmt: skip
def test_the_database_of_another_program_is_refused(statement: str, tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    with pytest.raises(SigauditError, match="not one of sigaudit"), store.connected(path):
        pass


def test_another_schema_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "audit.duckdb"
    with store.connected(path) as connection:
        connection.execute("update schema_version set version = 99")
    with pytest.raises(SigauditError, match="schema version 99"), store.connected(path):
        pass


def test_no_database_in_a_folder_named_block_is_not_called_locked(tmp_path: Path) -> None:
    (tmp_path / "block").mkdir()
    wrong = tmp_path / "block" / "wrong"
    wrong.write_bytes(b"not a database" * 100)
    with pytest.raises(SigauditError, match="not a database"), store.connected(wrong):
        pass


def test_what_the_disk_refuses_is_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "audit.duckdb"
    with pytest.raises(SigauditError, match="No space left") as told, store.connected(path):
        raise duckdb.IOException("IO Error: Could not write: No space left on device\nStack: …")
    assert "\n" not in str(told.value)


def test_messages_of_an_input_that_was_not_finished_are_removed(tmp_path: Path) -> None:
    with store.connected(tmp_path / "audit.duckdb") as connection:
        connection.execute(
            "insert into sms (component_id, mobile_terminated) values (?, true)",
            [captures.IDS_PER_INPUT + 1],
        )
        connection.execute("insert into problem values (1, 1, 1, null, 'map', 'half')")
        remove_orphans(connection)
        assert set(store.row_counts(connection).values()) == {0}
