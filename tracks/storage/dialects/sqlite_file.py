"""SQLite as a file: where it is, whether it is ours and of a version we know, and reading it by the standard driver alone."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from definitions.model.refusal import Refusal
from definitions.systems import disk, owner, quoted
from tracks import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracks.storage.dialects.words import Words

# Every revision this program knows, oldest first; it writes the last.
REVISIONS: Final = ("0001",)
BUSY_SECONDS: Final = 30
_MAGIC: Final = b"SQLite format 3\0"
_PREFIX: Final = "sqlite:///"
# The names of tables and columns are ours, so they may be repeated.
_LACKING: Final = re.compile(r"no such (?:table|column): ([\w.]+)")
# Bytes: with less than this SQLite can make none of the files that it works with.
_ROOM: Final = 65_536


class SqliteWords:
    """What SQLite says in its own way: a list is a JSON text."""

    def among(self, column: str) -> str:
        """Write the condition that a column is one of many values, which are one parameter."""
        return f"{column} IN (SELECT value FROM json_each(?))"

    def array(self, values: Iterable[str]) -> str:
        """Write the many values as that parameter."""
        return json.dumps([str(value) for value in values])

    def holds(self, column: str) -> str:
        """Write the condition that the list that a column keeps as JSON holds a value."""
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = ?)"


WORDS: Final = SqliteWords()


# What the driver raises; of a damaged schema it cannot even read its own message.
FAULTS: Final = (sqlite3.Error, UnicodeDecodeError)


class SqliteReading:
    """A file opened for reading. Its faults come as ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = open_reading(path)

    @property
    def words(self) -> Words:
        """How SQLite says what databases say differently."""
        return WORDS

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Answer all rows of a query. Raises Refusal where the file cannot be read."""
        try:
            return self._database.execute(statement, values).fetchall()
        except FAULTS as fault:
            raise storage_error(fault, self._path) from None

    def each(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Answer the rows of a query one at a time. Raises Refusal where the file cannot be read."""
        try:
            # Not `yield from`: a reader who gives up would close the cursor of a file that may be closed before it.
            for row in self._database.execute(statement, values):  # noqa: UP028
                yield row
        except FAULTS as fault:
            raise storage_error(fault, self._path) from None

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def path_of(target: str | Path) -> Path:
    """Answer the file of a path or a `sqlite:///` URL.

    Raises:
        Refusal: UNSUPPORTED_DATABASE for the address of another database, NOT_A_DATABASE for a path without a name.

    """
    text = str(target)
    if text.startswith(_PREFIX):
        text = text[len(_PREFIX) :]
    elif "://" in text:
        raise errors.UNSUPPORTED_DATABASE(path=text.split("://")[0] + "://…")
    if not Path(text).name:
        raise errors.NOT_A_DATABASE(path=text)
    return Path(text)


def examine(path: Path) -> None:
    """Refuse what is missing, empty, or not SQLite at all. Raises Refusal."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise errors.DATABASE_MISSING(path=path, typed=quoted(str(path))) from None
    except IsADirectoryError:
        raise errors.NOT_A_DATABASE(path=path) from None
    except OSError as fault:
        raise storage_error(fault, path) from None
    if not head:
        raise errors.DATABASE_EMPTY(path=path, typed=quoted(str(path)))
    if head != _MAGIC:
        raise errors.NOT_A_DATABASE(path=path)


def uri(path: Path, mode: str) -> str:
    """Write the URI that opens the file in `rw`, `ro` or `rwc`, or reads it as `immutable`."""
    where = f"file:{quote(os.fsencode(path))}"
    return f"{where}?mode=ro&immutable=1" if mode == "immutable" else f"{where}?mode={mode}"


def check_revision(found: str | None, path: Path) -> None:
    """Refuse a schema that is not the one this program writes. Raises Refusal."""
    if found is None:
        raise errors.NOT_A_DATABASE(path=path)
    if found not in REVISIONS:
        raise errors.DATABASE_NEWER(path=path, found=found, known=REVISIONS[-1])
    if found != REVISIONS[-1]:
        raise errors.DATABASE_OLDER(path=path, found=found, known=REVISIONS[-1])


def revision_of(database: sqlite3.Connection) -> str | None:
    """Read the revision that the file says it has; None where it has none."""
    known = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = database.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else None


def older_revision(path: Path) -> str | None:
    """Answer the older revision that a file has, which can be brought to the newest; None for the newest. Raises Refusal for any other."""
    examine(path)
    try:
        with closing(connect(path, "ro")) as database:
            found = revision_of(database)
    except FAULTS as fault:
        raise storage_error(fault, path) from None
    if found not in REVISIONS[:-1]:
        check_revision(found, path)
        return None
    return found


def open_reading(target: str | Path) -> sqlite3.Connection:
    """Open for reading only, whatever rights there are to the file and its folder.

    Raises:
        Refusal: The file is missing, empty, no database of ours, of another schema, or cannot be read.

    """
    path = path_of(target)
    examine(path)
    last: Exception | None = None
    for mode in _reading_modes(path):
        database = connect(path, mode)
        try:
            check_revision(revision_of(database), path)
        except FAULTS as fault:
            database.close()
            last = fault
        except Refusal:
            database.close()
            raise
        else:
            return database
    raise storage_error(last, path) if last else errors.NOT_A_DATABASE(path=path)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file. Without an isolation level the driver opens no transactions of its own: whoever asks opens every one."""
    return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _reading_modes(path: Path) -> Iterator[str]:
    yield "ro"
    # In a folder that may not be written SQLite cannot make its shared memory; without a log to read none is needed.
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        yield "immutable"


def storage_error(fault: BaseException, path: Path) -> Refusal:
    """Answer our own error for one of SQLite's, by its cause; its own text is kept out, because it may quote what was stored."""
    name = getattr(fault, "sqlite_errorname", None) or ""
    # The driver gives a text that is no UTF-8 no name of its own.
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or isinstance(fault, UnicodeDecodeError) or "to UTF-8" in str(fault):
        return errors.DATABASE_DAMAGED(path=path)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) or isinstance(fault, OSError):
        return _system_error(fault, path)
    if lacking := _LACKING.match(str(fault)):
        return errors.DATABASE_INCOMPLETE(path=path, name=lacking[1])
    return _said_error(name, path) or errors.STORAGE_ERROR(path=path, reason=name or type(fault).__name__)


def _said_error(name: str, path: Path) -> Refusal | None:
    """The error whose cause SQLite names."""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return errors.DATABASE_BUSY(path=path, seconds=BUSY_SECONDS)
    if name == "SQLITE_FULL":
        return errors.DATABASE_FULL(path=path)
    if not name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return None
    _, readonly = disk(path.parent, _ROOM)
    return errors.DATABASE_ON_READ_ONLY_DISK(path=path) if readonly else errors.DATABASE_READ_ONLY(path=path, owner=_owner(path))


def _system_error(fault: BaseException, path: Path) -> Refusal:
    """Why the system does not give the file, which SQLite tells by what it was doing just then: of a full disk in ten ways."""
    code = fault.errno if isinstance(fault, OSError) else None
    full, readonly = disk(path.parent, _ROOM)
    if full or code in (errno.ENOSPC, errno.EDQUOT):
        return errors.DATABASE_FULL(path=path)
    if readonly or code == errno.EROFS:
        return errors.DATABASE_ON_READ_ONLY_DISK(path=path)
    # Whether a file is there is not told either where its folder may not be looked into.
    if code in (errno.EACCES, errno.EPERM) or not os.access(path.parent, os.X_OK):
        return errors.DATABASE_FORBIDDEN(path=path, owner=_owner(path))
    if not path.exists():
        return errors.DATABASE_MISSING(path=path, typed=quoted(str(path)))
    if not os.access(path, os.R_OK):
        return errors.DATABASE_FORBIDDEN(path=path, owner=_owner(path))
    return errors.DATABASE_OUT_OF_REACH(path=path)


def _owner(path: Path) -> str:
    return owner(path if path.exists() else path.parent)


def file_is_free(path: Path, wait: float) -> bool:
    """Whether a file of SQLite, whoever's, can be written; false alone where somebody else holds it all the time.

    Args:
        path: The file.
        wait: How long to wait for who writes to it, in seconds.

    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=wait, isolation_level=None)) as asked:
            asked.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as fault:
        return "locked" not in str(fault)
    return True


def file_is_sound(path: Path, wait: float) -> bool:
    """Whether a file of SQLite, whoever's, has nothing wrong with its pages; one that is missing, or busy all the time, has not.

    Args:
        path: The file.
        wait: How long to wait for who writes to it, in seconds.

    """
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=wait)) as asked:
            return bool(asked.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as fault:
        return "locked" in str(fault)
