"""The database file: made whole, opened by rule, refused when it is not ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel

import tracks.storage.tables  # noqa: F401 - fills the metadata
from definitions.model.refusal import Refusal, RefusalCode
from tests.raising import raises_code
from tests.tracks.storage.stores import MONDAY, advance, new_ledger, refer, up_to_the_temporary_folder
from tracks import errors
from tracks.storage import database, migrations
from tracks.storage.database import create_database, open_database, upgrade, upgrade_database
from tracks.storage.dialects import sqlite_file
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobbspar.db"


def python(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment}, check=False)


def test_a_new_database_is_for_its_owner_alone(path: Path) -> None:
    ledger = new_ledger(path)
    with ledger.transaction():
        files = [path, path.with_name("jobbspar.db-wal")]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_new_database_leaves_nothing_of_its_making_in_the_folder(path: Path) -> None:
    create_database(path).dispose()
    assert {file.name for file in path.parent.iterdir()} <= {"jobbspar.db", "jobbspar.db-wal", "jobbspar.db-shm"}


def test_a_database_that_cannot_be_made_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(database, "upgrade", fail)
    with pytest.raises(RuntimeError):
        create_database(path)
    assert not [file for file in path.parent.iterdir() if not file.name.endswith(("-wal", "-shm"))]


def test_creating_a_database_that_is_there_keeps_what_it_holds(path: Path) -> None:
    refer(new_ledger(path), "A1")
    assert SqlLedger(create_database(path)).load(["A1/1"])


def test_a_database_is_found_by_path_and_by_url(path: Path) -> None:
    create_database(f"sqlite:///{path}").dispose()
    open_database(str(path)).dispose()


def test_every_connection_writes_ahead_syncs_fully_and_checks_foreign_keys(path: Path) -> None:
    with create_database(path).connect() as connection:
        answers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert answers == ["wal", 2, 1, 30_000]


def test_the_migrations_make_the_tables_of_the_models(path: Path) -> None:
    with create_database(path).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_the_program_knows_every_revision_there_is() -> None:
    history = ScriptDirectory(str(ROOT / "tracks/storage/migrations")).walk_revisions()
    assert tuple(reversed([script.revision for script in history])) == sqlite_file.REVISIONS


def test_upgrading_what_is_newest_changes_nothing(path: Path) -> None:
    engine = create_database(path)
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_a_writing_transaction_takes_the_lock_before_it_reads(path: Path) -> None:
    ledger = new_ledger(path)
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    with ledger.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")


def test_reading_neither_waits_for_a_writer_nor_makes_one_wait(path: Path) -> None:
    ledger, other = new_ledger(path), SqlLedger(open_database(path))
    with ledger.transaction():
        assert other.tracks() == ["bygg"]
    with other.snapshot():
        assert other.tracks() == ["bygg"]
        refer(ledger, "A1")
        assert other.load(["A1/1"]) == []
    assert other.load(["A1/1"]) != []


READ_THEN_WRITE = """
import sys
from tracks.storage.database import open_database
from tracks.storage.session import Session
session = Session(open_database(sys.argv[1]))
for _ in range(60):
    with session.transaction():
        count = session.rows("SELECT count(*) FROM employer")[0][0]
        session.write("INSERT INTO employer (id, name) VALUES (?, ?)", [(f"{count:04d}", sys.argv[2])])
"""


def test_three_processes_that_read_before_they_write_never_fail_nor_lose_a_row(path: Path) -> None:
    create_database(path).dispose()
    command = [sys.executable, "-c", READ_THEN_WRITE, str(path)]
    running = [subprocess.Popen([*command, name], cwd=ROOT, stderr=subprocess.PIPE) for name in "abc"]
    assert [process.communicate()[1] for process in running] == [b"", b"", b""]
    rows = sqlite3.connect(path).execute("SELECT id FROM employer ORDER BY id").fetchall()
    assert rows == [(f"{number:04d}",) for number in range(180)]


def test_a_lock_that_is_held_too_long_is_said_as_such(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_ledger(path)
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with raises_code(errors.DATABASE_BUSY) as refused:
        refer(SqlLedger(open_database(path)), "A1")
    assert refused.value.exit_code == 5


def test_a_full_disk_changes_nothing_and_what_was_there_can_be_read(path: Path) -> None:
    ledger = new_ledger(path)
    refer(ledger, "A1")
    with ledger.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with raises_code(errors.DATABASE_FULL) as refused, ledger.transaction():
        refer(ledger, *(f"B{number}" for number in range(100)))
    assert refused.value.exit_code == 5
    assert [one.ref for one in ledger.load([f"{ref}/1" for ref in ("A1", "B0", "B1")])] == ["A1"]


def refusal(path: Path) -> Refusal:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(Refusal) as refused:
        open_database(path)
    with raises_code(refused.value.code):
        sqlite_file.open_reading(path)
    assert (path.read_bytes() if path.exists() else None) == before
    return refused.value


def test_a_missing_database_is_not_made_by_looking_for_it(path: Path) -> None:
    found = refusal(path)
    assert (found.code, found.exit_code) == (errors.DATABASE_MISSING, 5)
    assert not path.exists()


@pytest.mark.parametrize(("content", "kind"), [(b"", errors.DATABASE_EMPTY), (b"a text file\n" * 99, errors.NOT_A_DATABASE)])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes, kind: RefusalCode) -> None:
    path.write_bytes(content)
    found = refusal(path)
    assert (found.code, found.exit_code) == (kind, 5)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE customer (id)")
    assert refusal(path).code is errors.NOT_A_DATABASE


@pytest.mark.parametrize("revision", ["0002", "from the future"])
def test_a_database_of_a_newer_version_is_refused(path: Path, revision: str) -> None:
    create_database(path).dispose()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    other.close()
    found = refusal(path)
    assert (found.code, found.exit_code) == (errors.DATABASE_NEWER, 7)


def test_a_database_of_an_older_version_names_the_command_that_upgrades_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_database(path).dispose()
    monkeypatch.setattr(sqlite_file, "REVISIONS", ("0001", "0002"))
    found = refusal(path)
    assert (found.code, found.exit_code) == (errors.DATABASE_OLDER, 7)
    assert "jobbspar db upgrade" in str(found)


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade():
    op.add_column("employer", sa.Column("town", sa.String))
    {more}
"""


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A program that writes another schema than this one."""

    def make(more: str) -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(Path(migrations.__file__).parent, scripts)
        (scripts / "versions" / "v0002.py").write_text(NEXT.format(more=more), encoding="utf-8")
        monkeypatch.setattr(database, "SCRIPTS", str(scripts))
        monkeypatch.setattr(sqlite_file, "REVISIONS", ("0001", "0002"))

    return make


def test_an_older_database_is_upgraded_whole_and_kept_beside_as_it_was(path: Path, next_schema: Callable[[str], None]) -> None:
    refer(new_ledger(path), "A1")
    assert upgrade_database(path) is None
    next_schema("")
    copy = upgrade_database(path)
    assert copy == path.with_name("jobbspar.db.0001")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as new, closing(sqlite3.connect(copy)) as old:
        towns = [[row[1] for row in one.execute("PRAGMA table_info(employer)")].count("town") for one in (new, old)]
        logs = [one.execute("SELECT hash FROM event").fetchall() for one in (new, old)]
    assert (towns, logs[0]) == ([1, 0], logs[1])
    assert logs[0]
    SqlLedger(open_database(path)).load(["A1/1"])
    assert upgrade_database(path) is None


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(path: Path, next_schema: Callable[[str], None]) -> None:
    refer(new_ledger(path), "A1")
    next_schema('op.execute("SELECT 1 FROM nowhere")')
    with raises_code(errors.DATABASE_INCOMPLETE):
        upgrade_database(path)
    with closing(sqlite3.connect(path)) as left:
        assert sqlite_file.revision_of(left) == "0001"
        assert "town" not in [row[1] for row in left.execute("PRAGMA table_info(employer)")]


@pytest.mark.parametrize("size", [3_000, 20_000])
def test_a_file_cut_short_is_said_to_be_damaged(path: Path, size: int) -> None:
    ledger = new_ledger(path)
    refer(ledger, *(f"A{number}" for number in range(40)))
    ledger.engine.dispose()
    path.write_bytes(path.read_bytes()[:size])
    with raises_code(errors.DATABASE_DAMAGED) as refused:
        SqlLedger(open_database(path)).load([f"A{number}/1" for number in range(40)])
    assert refused.value.exit_code == 6


def test_another_kind_of_database_is_refused_without_repeating_its_password() -> None:
    with raises_code(errors.UNSUPPORTED_DATABASE) as refused:
        open_database("postgresql://anna:hemligt@server/db")
    assert "hemligt" not in str(refused.value)


# Everything is imported, and tried once, before the process gives up its rights: the interpreter may lie in /root.
WRITE_AS_NOBODY = """
import os, sys
from definitions.model.refusal import Refusal, RefusalCode
from tracks.storage.ledger import SqlLedger
from tracks.storage.database import open_database
def attempt():
    ledger = SqlLedger(open_database(sys.argv[1]))
    print(ledger.tracks())
    with ledger.transaction():
        ledger.write("INSERT INTO employer (id, name) VALUES (?, ?)", [(str(os.getuid()), "b")])
    ledger.engine.dispose()
attempt()
os.setgid(65534); os.setuid(65534)
try:
    attempt()
except Refusal as refused:
    print(refused.code.key, refused.exit_code)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user to try it")
def test_a_file_that_may_only_be_read_can_be_read_and_writing_says_who_owns_it(tmp_path: Path) -> None:
    folder = open_folder(tmp_path)
    new_ledger(folder / "jobbspar.db").engine.dispose()
    (folder / "jobbspar.db").chmod(0o644)
    folder.chmod(0o777)
    ran = python(WRITE_AS_NOBODY, folder / "jobbspar.db")
    assert ran.stdout.splitlines() == ["['bygg']", "['bygg']", "DatabaseReadOnly 5"], ran.stderr


def open_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "open"
    folder.mkdir()
    for parent in (folder, *up_to_the_temporary_folder(folder)):
        parent.chmod(0o755)
    return folder


KILLED = """
import sys
from datetime import date
from pathlib import Path
from tests.tracks.storage.stores import advance, new_ledger
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger
advance(SqlLedger(open_database(Path(sys.argv[1]))), date.fromisoformat(sys.argv[2]))
"""


def test_a_process_killed_at_any_commit_is_continued_to_the_same_bytes(tmp_path: Path) -> None:
    logs, record = [], tmp_path / "passages"
    for name in ("clean", *((f"{when}:{n}") for when in ("commit.before", "commit.after") for n in (1, 2, 3))):
        path = tmp_path / f"{name.replace(':', '-')}.db"
        ledger = new_ledger(path)
        refer(ledger, "A1", "B2", "C3")
        ledger.engine.dispose()
        fault = {"FAULT": name} if name != "clean" else {"FAULT_RECORD": str(record)}
        ran = python(KILLED, path, MONDAY.replace(month=10), **fault)
        assert ran.returncode in ((0,) if name == "clean" else (0, -9)), ran.stderr
        advance(SqlLedger(open_database(path)), MONDAY.replace(month=10))
        logs.append(sqlite3.connect(path).execute("SELECT * FROM event ORDER BY stream, seq").fetchall())
    assert len(record.read_text().splitlines()) >= 2
    assert len(logs[0]) > 6
    assert all(log == logs[0] for log in logs)
