"""What the store asks of a kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Engine, TextClause
    from sqlalchemy.dialects.sqlite import Insert

    from tracks.storage.dialects.words import Source, Words

# An execution option of a connection that only reads: its transaction takes no write lock.
READING: Final = "jobbspar_reading"


class Dialect(Protocol):
    """What the store needs of a kind of database; the tables, and the statements over them, are the same for all."""

    @property
    def WORDS(self) -> Words:  # noqa: N802 - a constant of the module that implements this
        """The same in text."""

    @property
    def FIRST_KEPT(self) -> TextClause:  # noqa: N802 - a constant of the module that implements this
        """What rows are ordered by so that the one kept first comes first."""

    def open_engine(self, path: Path, *, readonly: bool) -> Engine:
        """An engine on a database that exists. A transaction that is not marked as READING locks out other writers at once."""

    def create(self, path: Path, make_schema: Callable[[Engine], None]) -> None:
        """Make a database with its schema, whole or not at all, where there is none."""

    def copy(self, path: Path, target: Path) -> None:
        """Copy a database whole, in place of a copy that may be there."""

    def translated(self, path: Path) -> AbstractContextManager[None]:
        """Turn the driver's faults into ours; a broken constraint is left to the caller, who knows what it means."""

    def undecoded(self, connection: Connection) -> AbstractContextManager[None]:
        """Answer text that is not UTF-8 with its bytes kept, as lone surrogates, so that what is beside it can be looked at."""

    def insert(self, table: Any, /) -> Insert:
        """An INSERT that can be told what to do where the key stands already."""

    def among(self, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        """The condition that a column is one of the values of the parameter `name`, which `Words.array` makes."""

    def readable_day(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The day of a column, or nothing where it holds what is no day."""

    def damage(self, source: Source) -> list[str]:
        """What the database itself finds wrong with its storage, in its own words; empty when nothing."""

    def dangling(self, source: Source) -> list[str]:
        """The tables with rows that refer to one that is not there."""
