"""One user of the database: a transaction that joins an outer one, and plain rows in and out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracks.storage.database import READING, translated
from tracks.storage.fault_injection import faultpoint
from tracks.storage.sqlite_file import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, CursorResult, Engine, Executable


class Session:
    """A connection at a time to the store. Not for several threads: each makes its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.path = path_of(engine.url.database or "")
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is written together or not at all; an inner transaction joins the outer one."""
        if self._connection is not None:
            yield
            return
        with translated(self.path), self.engine.connect() as connection:
            try:
                with connection.begin() as transaction:
                    self._connection = connection
                    yield
                    faultpoint("commit.before")
                    transaction.commit()
                    faultpoint("commit.after")
            except BaseException:
                self._forget(rolled_back=True)
                raise
            finally:
                self._connection = None
        self._forget(rolled_back=False)

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

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query, in the running transaction or in one of its own that only reads."""
        with self._reader() as connection:
            return list(connection.exec_driver_sql(sql, tuple(values)))

    def each(self, sql: str, values: Sequence[Any] = (), chunk: int = 5_000) -> Iterator[Any]:
        """The rows of a query a chunk at a time, for more than fits in memory."""
        with self._reader() as connection:
            for part in connection.exec_driver_sql(sql, tuple(values)).partitions(chunk):
                yield from part

    def write(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """One statement for each row."""
        if rows:
            with self.transaction():
                self._held.exec_driver_sql(sql, rows)

    def execute(self, statement: Executable) -> CursorResult[Any]:
        """A statement that changes something, in the running transaction or in its own."""
        with self.transaction():
            return self._held.execute(statement)

    def ask(self, statement: Executable) -> list[Any]:
        """All rows of a select."""
        with self._reader() as connection:
            return list(connection.execute(statement))

    @property
    def _held(self) -> Connection:
        assert self._connection is not None  # noqa: S101 - only called within a transaction
        return self._connection

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with translated(self.path):
            if self._connection is not None:
                yield self._connection
                return
            with self.engine.connect().execution_options(**{READING: True}) as connection:
                yield connection

    def _forget(self, *, rolled_back: bool) -> None:
        """What a subclass remembers of a transaction ends with it."""
