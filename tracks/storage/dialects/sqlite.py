"""SQLite as the store opens and asks it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, create_engine, event, func, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from tracks.files import create_file
from tracks.storage.dialects.protocol import READING
from tracks.storage.dialects.sqlite_file import FAULTS, WORDS, connect, open_reading, storage_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Engine

    from tracks.storage.dialects.words import Source

__all__ = [
    "FIRST_KEPT", "WORDS", "among", "copy", "create", "damage", "dangling",
    "insert", "open_engine", "readable_day", "translated", "undecoded",
]  # fmt: skip

FIRST_KEPT: Final = text("rowid")
_CACHE_KIB: Final = 32_768


def open_engine(path: Path, *, readonly: bool) -> Engine:
    """Make an engine on a file that exists."""

    def opened() -> sqlite3.Connection:
        return open_reading(path) if readonly else connect(path, "rw")

    engine = create_engine(f"sqlite:///{path}", creator=opened, hide_parameters=True)
    event.listen(engine, "connect", _prepare_reading if readonly else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(database: sqlite3.Connection, _record: Any) -> None:
    # WAL lets people read while one writes; FULL, because what a command has answered must outlive a power cut; and what was erased is
    # written over, so that no cipher stays in a page that is free.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON"):
        database.execute(f"PRAGMA {pragma}")
    _prepare_reading(database, _record)


def _prepare_reading(database: sqlite3.Connection, _record: Any) -> None:
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _begin(connection: Connection) -> None:
    # A transaction that reads before it writes cannot wait for the lock later: SQLite answers "locked" at once.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def create(path: Path, make_schema: Callable[[Engine], None]) -> None:
    """Make the file whole under another name and then link it into place, so that a crash leaves no half database behind.

    Raises:
        Refusal: The folder cannot be written, or the disk is full.

    """

    def fill(new: Path) -> None:
        engine = open_engine(new, readonly=False)
        try:
            make_schema(engine)
        finally:
            engine.dispose()

    try:
        with translated(path):
            create_file(path, fill)
    except OSError as fault:
        raise storage_error(fault, path) from None


def copy(path: Path, target: Path) -> None:
    """Copy a database whole, what stands beside its file included, in place of a copy that may be there.

    Raises:
        Refusal: It cannot be read, its folder cannot be written, or the disk is full.

    """

    def fill(new: Path) -> None:
        with closing(connect(path, "ro")) as source, closing(connect(new, "rw")) as made:
            source.backup(made)

    try:
        with translated(path):
            target.unlink(missing_ok=True)
            create_file(target, fill)
    except OSError as fault:
        raise storage_error(fault, target) from None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's faults into ours; a broken constraint is left to the caller, who knows what it means.

    Raises:
        Refusal: The database is busy, full, read-only, damaged, or fails in another way.

    """
    try:
        yield
    except (DBAPIError, *FAULTS) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        if cause is None or isinstance(cause, sqlite3.IntegrityError):
            raise
        raise storage_error(cause, path) from None


@contextmanager
def undecoded(connection: Connection) -> Iterator[None]:
    """Answer text that is not UTF-8 with its bytes kept, as lone surrogates, so that what is beside it can be looked at."""
    driver: Any = connection.connection.driver_connection
    before = driver.text_factory
    driver.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Write the condition that a column is one of the values of the parameter `name`."""
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def readable_day(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Answer the day of a column, or nothing where it holds what is no day."""
    return func.date(column)


def damage(source: Source) -> list[str]:
    """List what SQLite itself finds wrong with the file, in its own words; empty when nothing."""
    return [found for (found,) in source.rows("PRAGMA integrity_check(10)") if found != "ok"]


def dangling(source: Source) -> list[str]:
    """List the tables with rows that refer to one that is not there."""
    return sorted({str(row[0]) for row in source.rows("PRAGMA foreign_key_check")})
