"""What a flow calls to get its work done, and where it finds it: never among its parameters, which Prefect keeps in clear."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from flows import prefect_settings
from flows.errors import NO_DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

Unit = tuple[str, ...]


class Counts(Protocol):
    """What an operation says it did."""

    @property
    def events(self) -> int:
        """Events written."""
        ...

    @property
    def read(self) -> int:
        """Enrolments read because they were due."""
        ...

    @property
    def kinds(self) -> Mapping[str, int]:
        """Events of each kind."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """Events written, enrolments read because they were due, and events of each kind."""

    events: int = 0
    read: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Counts) -> Tally:
        """The same counts as a plain value."""
        return cls(counts.events, counts.read, dict(counts.kinds))

    def __add__(self, other: Tally) -> Tally:
        kinds = {kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0) for kind in sorted({*self.kinds, *other.kinds})}
        return Tally(self.events + other.events, self.read + other.read, kinds)


class Run(NamedTuple):
    """One advance: its id, the tracks asked for (none means all), the day, and the instant that all of it is recorded at."""

    id: str
    tracks: tuple[str, ...]
    until: date
    recorded: str


class Standing(NamedTuple):
    """How a track stands: people at each step, and what should have been done before the day, by kind."""

    people: Mapping[str, int]
    overdue: Mapping[str, int]


class Work(Protocol):
    """The operations of one database."""

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        ...

    def begin(self, run: Run, flow_run: str) -> Run:
        """Keep the run; one that was begun before under its id goes on with what was kept then."""
        ...

    def end(self, run: Run, state: str, tally: Tally) -> None:
        """Say how the run ended."""
        ...

    def advance(self, run: str, unit: Unit, until: date, recorded: str) -> Counts:
        """Advance one unit; run again, it finds nothing due."""
        ...

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        ...

    def standing(self, track: str, day: date) -> Standing:
        """How a track stands."""
        ...


_bound: Work | None = None


@contextmanager
def binding(work: Work) -> Iterator[None]:
    """Let the flows of this process work on this."""
    global _bound  # noqa: PLW0603 - a parameter would be kept in Prefect's database
    before, _bound = _bound, work
    try:
        yield
    finally:
        _bound = before


def bound() -> Work:
    """What was bound here; else the operations on the database that the environment names, as in a worker's process."""
    return _bound or _from_environment()


@cache
def _from_environment() -> Work:
    from flows.adapter import Operations

    database = os.environ.get(prefect_settings.DATABASE)
    if not database:
        raise NO_DATABASE()
    return Operations(database)
