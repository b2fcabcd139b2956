"""Every column of every table, set to a wrong value, is found by `verify`, and made anew if it is derived; or it is named with the why."""

from __future__ import annotations

import random
import shutil
import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlmodel import SQLModel

from tests.tracks.storage.stores import BY, MONDAY, advance, clock, lived, refer
from tracks.audit.rebuild import rebuild
from tracks.audit.verify import verify
from tracks.privacy import locked_rows
from tracks.privacy.vault import Identity, open_vault, put_identity, put_note
from tracks.recording.operations import record_fact
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Column

EXEMPT = {
    "track_version.source": "the author's text: kept to be read, never decided from",
    "track.pending": "whether the next advance looks again at a slice: it then finds nothing",
    "enrolment.person": "which identity is hers stands nowhere else; one that is not there is a row that refers to nothing",
    "run": "what a run was: nothing follows from it",
    "employer": "not written yet",
    "outbox": "not written yet",
}
# What follows from the log, or from the versions, and is made anew of it; but for what bears witness beside it.
DERIVED = {"enrolment", "track", "claim", "todo", "assigned", "track_version.labels"}
WITNESSES = {
    "enrolment.head": "a log that was sealed anew is told by the head that it had; made to fit, it would vouch for what was changed",
    "enrolment.stream": "a row without a log is told as a log that is gone, which nothing here can bring back",
    "track.head": "the same of what is shared on a track",
    "track.id": "the same of what is shared on a track",
}
COLUMNS = sorted(f"{table.name}.{column.name}" for table in SQLModel.metadata.sorted_tables for column in table.columns)
LOOKED_AT = [name for name in COLUMNS if name not in EXEMPT and name.split(".")[0] not in EXEMPT]


def wrong(column: Column[Any], stands: Any) -> Any:
    """A value of the same kind that is another one."""
    if isinstance(stands, bytes):
        return stands[:-1] + bytes([stands[-1] ^ 1])
    if isinstance(stands, int):
        return stands + 1 if stands != 1 else 0
    if stands is None:
        return 7 if "INT" in str(column.type).upper() else "2027-01-01"
    return "2031-01-01" if len(stands) == 10 and stands[4] == "-" else f"{stands}x"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> SqlLedger:
    """A lived database with somebody whose name is known, and a note about her, and somebody responsible."""
    ledger = lived(tmp_path_factory.mktemp("full") / "jobbspar.db")
    with ledger.transaction():
        vault = open_vault(ledger, random.Random(1).randbytes)
        put_identity(ledger, vault, "p1", Identity("Kanariefågel Ett", "191212121212"))
        put_note(ledger, vault, "A1/1", 1, {"note": "fri text"})
    refer(ledger, "E5", on=MONDAY + timedelta(days=30), now=MONDAY + timedelta(days=30), person="p1")
    assigned = ReportedFact("assigned", MONDAY + timedelta(days=30), data={"role": "caseworker", "person": "Bo Ek"})
    record_fact(ledger, clock(MONDAY + timedelta(days=30)), BY, "E5", assigned)
    advance(ledger, MONDAY + timedelta(days=31))
    assert verify(ledger).sound
    assert not locked_rows.damaged(ledger)
    ledger.engine.dispose()
    return ledger


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_wrong_value_in_any_column_is_found_and_made_anew_where_it_is_derived(name: str, full: SqlLedger, tmp_path: Path) -> None:
    for file in full.path.parent.iterdir():
        shutil.copy(file, tmp_path)
    ledger = SqlLedger(open_database(tmp_path / full.path.name))
    table, column = name.split(".")
    rows = ledger.rows(f"SELECT rowid, {column} FROM {table} ORDER BY {column} IS NULL, rowid")
    assert rows, f"no row of {table} to set anything in"
    rowid, stands = rows[0]
    value = wrong(SQLModel.metadata.tables[table].columns[column], stands)
    ledger.engine.dispose()
    with sqlite3.connect(ledger.path) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))
    other.close()
    assert verify(ledger).breaks or locked_rows.damaged(ledger), f"{name}: {stands!r} became {value!r}"
    if {name, table} & DERIVED and name not in WITNESSES:
        rebuild(ledger)
        assert verify(ledger).sound, f"{name}: {stands!r} became {value!r}"


def test_every_exemption_is_of_something_that_is_there() -> None:
    tables = {name.split(".")[0] for name in COLUMNS}
    assert EXEMPT.keys() | WITNESSES.keys() | DERIVED <= {*COLUMNS, *tables}
