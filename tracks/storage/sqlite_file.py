"""The database as a file: where it is, whether it is ours and of a version we know, and how to open it for reading."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from definitions.model.refusal import Refusal
from tracks import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every revision this program knows, oldest first; it writes the last.
REVISIONS: Final = ("0001",)
BUSY_SECONDS: Final = 30
_MAGIC: Final = b"SQLite format 3\0"
_PREFIX: Final = "sqlite:///"


def path_of(target: str | Path) -> Path:
    """The file of a path or a `sqlite:///` URL; refuses other databases."""
    text = str(target)
    if text.startswith(_PREFIX):
        text = text[len(_PREFIX) :]
    elif "://" in text:
        raise errors.UNSUPPORTED_DATABASE(path=text.split("://")[0] + "://…")
    return Path(text)


def examine(path: Path) -> None:
    """Refuse what is missing, empty, or not SQLite at all."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise errors.DATABASE_MISSING(path=path) from None
    except OSError as fault:
        raise errors.STORAGE_ERROR(path=path, reason=fault.strerror) from None
    if not head:
        raise errors.DATABASE_EMPTY(path=path)
    if head != _MAGIC:
        raise errors.NOT_A_DATABASE(path=path)


def uri(path: Path, mode: str) -> str:
    """The URI that opens the file in `rw`, `ro` or `rwc`, or reads it as `immutable`."""
    where = f"file:{quote(str(path))}"
    return f"{where}?mode=ro&immutable=1" if mode == "immutable" else f"{where}?mode={mode}"


def check_revision(found: str | None, path: Path) -> None:
    """Refuse a schema that is not the one this program writes."""
    if found is None:
        raise errors.NOT_A_DATABASE(path=path)
    if found not in REVISIONS:
        raise errors.DATABASE_NEWER(path=path, found=found, known=REVISIONS[-1])
    if found != REVISIONS[-1]:
        raise errors.DATABASE_OLDER(path=path, found=found, known=REVISIONS[-1])


def revision_of(database: sqlite3.Connection) -> str | None:
    """The revision that the file says it has; None where it has none."""
    known = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = database.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else None


def open_reading(target: str | Path) -> sqlite3.Connection:
    """Open for reading only, whatever rights there are to the file and its folder."""
    path = path_of(target)
    examine(path)
    last: sqlite3.Error | None = None
    for mode in _reading_modes(path):
        database = _connect(path, mode)
        try:
            check_revision(revision_of(database), path)
        except sqlite3.Error as fault:
            database.close()
            last = fault
        except Refusal:
            database.close()
            raise
        else:
            return database
    raise storage_error(last, path) if last else errors.NOT_A_DATABASE(path=path)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _reading_modes(path: Path) -> Iterator[str]:
    yield "ro"
    # In a folder that may not be written SQLite cannot make its shared memory; without a log to read none is needed.
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        yield "immutable"


def storage_error(fault: BaseException, path: Path) -> Refusal:
    """Our own error for one of SQLite's; its own text is kept out, because it may quote what was stored."""
    name = getattr(fault, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return errors.DATABASE_BUSY(path=path, seconds=BUSY_SECONDS)
    if name == "SQLITE_FULL":
        return errors.DATABASE_FULL(path=path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return errors.DATABASE_READ_ONLY(path=path, owner=_owner(path))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return errors.DATABASE_DAMAGED(path=path, reason=name)
    return errors.STORAGE_ERROR(path=path, reason=name or type(fault).__name__)


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except (OSError, KeyError, NotImplementedError):
        return "?"
