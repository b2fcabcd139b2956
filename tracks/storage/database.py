"""The engine of the database: how it is opened, created and brought to the schema that this program writes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError

from tracks.storage.sqlite_file import BUSY_SECONDS, open_reading, path_of, storage_error, uri

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

# An execution option of a connection that only reads: its transaction takes no write lock.
READING: Final = "jobbspar_reading"
_CACHE_KIB: Final = 32_768


def open_database(target: str | Path, *, readonly: bool = False) -> Engine:
    """An engine on a database that exists and has the schema of this program."""
    path = path_of(target)
    open_reading(path).close()
    return _engine(path, "ro" if readonly else "rw")


def create_database(target: str | Path) -> Engine:
    """An engine on the database at `target`, which is made first if it is not there.

    It is made whole under another name and then linked into place, so a crash leaves no half database behind.
    """
    path = path_of(target)
    if not path.exists():
        new = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            _make(new)
            os.link(new, path)
        except FileExistsError:
            pass  # another process was first
        except OSError as fault:
            raise storage_error(fault, path) from None
        finally:
            new.unlink(missing_ok=True)
    return open_database(path)


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = _engine(path, "rw")
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest version, in one transaction."""
    # Alembic is imported where it is needed: most commands never migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "tracks.storage:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors into ours; a broken constraint is left to the caller, who knows what it means."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        if cause is None or isinstance(cause, sqlite3.IntegrityError):
            raise
        raise storage_error(cause, path) from None


def _engine(path: Path, mode: str) -> Engine:
    def connect() -> sqlite3.Connection:
        if mode == "ro":
            return open_reading(path)
        # Without an isolation level the driver opens no transactions of its own: `_begin` opens every one.
        return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine(f"sqlite:///{path}", creator=connect, hide_parameters=True)
    event.listen(engine, "connect", _prepare if mode == "rw" else _prepare_reading)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(database: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        database.execute(f"PRAGMA {pragma}")
    _prepare_reading(database, _record)


def _prepare_reading(database: sqlite3.Connection, _record: Any) -> None:
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _begin(connection: Connection) -> None:
    # A transaction that reads before it writes cannot wait for the lock later: SQLite answers "locked" at once.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
