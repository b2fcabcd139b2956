"""One user of the database: a transaction that joins an outer one, and plain rows in and out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tracks.storage.database import DIALECT
from tracks.storage.dialects.protocol import READING
from tracks.storage.dialects.sqlite_file import path_of
from tracks.storage.fault_injection import faultpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, CursorResult, Engine, Executable

    from tracks.storage.dialects.prepared import Prepared
    from tracks.storage.dialects.words import Words

_CHUNK: Final = 5_000


class Session:
    """A connection at a time to the store. Not for several threads: each makes its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.dialect = DIALECT
        self.path = path_of(engine.url.database or "")
        self._connection: Connection | None = None
        # What must stand outside the database before anything is committed, by its name; done once, and never for what is taken back.
        self.before_commit: dict[Path, Callable[[], None]] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is written together or not at all; an inner transaction joins the outer one."""
        if self._connection is not None:
            yield
            return
        # The driver's faults are translated outermost, so that one in COMMIT comes as ours too.
        with self.dialect.translated(self.path), self.engine.connect() as connection:
            try:
                with connection.begin() as transaction:
                    self._connection = connection
                    yield
                    self._keep_outside()
                    # Tests kill the process here and after: before it nothing may be left, after it everything must be.
                    faultpoint("commit.before")
                    transaction.commit()
                    faultpoint("commit.after")
            # An interrupt by the keyboard is no Exception, and must not leave stale snapshots behind either.
            except BaseException:
                self._forget(rolled_back=True)
                raise
            finally:
                self._connection = None
        self._forget(rolled_back=False)

    def _keep_outside(self) -> None:
        for name, keep in list(self.before_commit.items()):
            keep()
            del self.before_commit[name]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read within is read from one state of the database, while others go on writing."""
        if self._connection is not None:
            yield
            return
        with self._reader() as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None
                self._forget(rolled_back=False)

    @contextmanager
    def undecoded(self) -> Iterator[None]:
        """Within a snapshot or a transaction: read also text that is not UTF-8, its bytes kept as lone surrogates."""
        with self.dialect.undecoded(self._held):
            yield

    @property
    def words(self) -> Words:
        """How the database says what databases say differently."""
        return self.dialect.WORDS

    def rows(self, statement: str | Prepared, values: Sequence[Any] = ()) -> list[Any]:
        """Answer all rows of a query, in the running transaction or in one of its own that only reads."""
        sql, ordered = self._driver(statement)
        with self._reader() as connection:
            return list(connection.exec_driver_sql(sql, ordered(values)))

    def each(self, statement: str | Prepared, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Answer the rows of a query a chunk at a time, for more than fits in memory."""
        # Fetching row by row through SQLAlchemy costs more than SQLite does; all at once would hold a log of millions.
        sql, ordered = self._driver(statement)
        with self._reader() as connection:
            for part in connection.exec_driver_sql(sql, ordered(values)).partitions(_CHUNK):
                yield from part

    def write(self, statement: str | Prepared, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement once for each row."""
        if rows:
            sql, ordered = self._driver(statement)
            with self.transaction():
                self._held.exec_driver_sql(sql, [ordered(row) for row in rows])

    def _driver(self, statement: str | Prepared) -> tuple[str, Callable[[Sequence[Any]], tuple[Any, ...]]]:
        return (statement, tuple) if isinstance(statement, str) else statement.bound(self.dialect, self.engine)

    def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a statement that changes something and holds its own values, in the running transaction or in its own."""
        with self.transaction():
            return self._held.execute(statement)

    def ask(self, statement: Executable) -> list[Any]:
        """Answer all rows of a select that holds its own values."""
        with self._reader() as connection:
            return list(connection.execute(statement))

    @property
    def _held(self) -> Connection:
        assert self._connection is not None  # noqa: S101 - only called within a transaction
        return self._connection

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with self.dialect.translated(self.path):
            if self._connection is not None:
                yield self._connection
                return
            with self.engine.connect().execution_options(**{READING: True}) as connection:
                yield connection

    def _forget(self, *, rolled_back: bool) -> None:
        """What a subclass remembers of a transaction ends with it."""
