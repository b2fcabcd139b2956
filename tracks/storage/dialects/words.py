"""What the light readers ask of a kind of database: SQL as text, rows as tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Words(Protocol):
    """SQL text in which databases differ. A parameter is written `?`."""

    def among(self, column: str) -> str:
        """The condition that a column is one of many values, which are one parameter."""

    def array(self, values: Iterable[str]) -> Any:
        """The many values as that parameter."""

    def holds(self, column: str) -> str:
        """The condition that the list that a column keeps as JSON holds a value."""


class Source(Protocol):
    """Whoever answers rows of SQL text: a session of the store, or a light reader."""

    @property
    def words(self) -> Words:
        """How the database says what databases say differently."""

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""

    def each(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query one after another, for more than fits in memory."""


class ReadConnection(Source, Protocol):
    """A database opened for reading by its own driver alone."""

    def close(self) -> None:
        """Let go of it."""
