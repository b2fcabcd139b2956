"""Ledgers on a database that is named by its path or its address."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import finalize

from definitions.model.personal_numbers import KEY_NAME
from definitions.progress import SILENT, WorkProgress
from tracks.files import sweep
from tracks.storage.dialects.sqlite_file import REVISIONS, file_is_free, file_is_sound, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    # The types are for those who annotate: the class is heavy, and the port would bring a room along for nothing.
    from tracks.engine.context.ports import Book  # noqa: TC004
    from tracks.engine.context.present import Present  # noqa: TC004
    from tracks.storage.ledger import SqlLedger  # noqa: TC004

__all__ = [
    "REVISIONS",
    "Book",
    "Present",
    "SqlLedger",
    "create_database",
    "file_is_free",
    "file_is_sound",
    "kept_ledger",
    "open_ledger",
    "path_of",
    "upgrade_database",
]

# The store is imported where it is used: SQLAlchemy costs more time than most answers, and those ask only for a path.


@contextmanager
def open_ledger(target: str | Path, *, readonly: bool = False) -> Iterator[SqlLedger]:
    """Open the ledger of a database that exists, and close its connections at the end.

    Args:
        target: The file, or a `sqlite:///` address.
        readonly: Whether the file is opened so that nothing can be written, also where its folder may not be written.

    Raises:
        Refusal: The file is missing, empty, no database, of another schema, or cannot be read.

    """
    from tracks.storage.database import open_database  # noqa: PLC0415
    from tracks.storage.ledger import SqlLedger  # noqa: PLC0415

    engine = open_database(target, readonly=readonly)
    if not readonly:
        _sweep_beside(target)
    try:
        yield SqlLedger(engine)
    finally:
        engine.dispose()


def create_database(target: str | Path) -> None:
    """Make a database with the newest schema where there is none."""
    from tracks.storage import database  # noqa: PLC0415

    _sweep_beside(target)
    database.create_database(target).dispose()


def upgrade_database(target: str | Path, progress: WorkProgress = SILENT) -> Path | None:
    """Bring a database of an older schema to the newest; answers the copy that was kept of it, None where it is the newest already."""
    from tracks.storage import database  # noqa: PLC0415

    return database.upgrade_database(target, progress)


def _sweep_beside(target: str | Path) -> None:
    path = path_of(target)
    sweep(path, path.with_name(KEY_NAME))


def kept_ledger(target: str) -> SqlLedger:
    """Answer a ledger of its own on an engine that the process keeps; not for several threads."""
    from tracks.storage.ledger import SqlLedger  # noqa: PLC0415

    return SqlLedger(_kept_engine(target))


@lru_cache(maxsize=4)
def _kept_engine(target: str) -> Engine:
    from tracks.storage.database import open_database  # noqa: PLC0415

    engine = open_database(target)
    # With its last connection SQLite puts what stands in the log beside the file into it, so that a copy of the file alone is whole.
    finalize(engine, engine.pool.dispose)
    return engine
