"""The port between the flows and the engine: the operations that a flow calls, and the values that pass through it.

A flow never gets its operations or its database as a parameter, because Prefect keeps parameters in clear; they are bound here.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from tracks.privacy.cells import Cell

    # Called between two batches of a unit; what it raises ends the unit there, and what was written stands.
    Between = Callable[[], None]

Unit = tuple[str, ...]


class UnitCounts(Protocol):
    """What an operation counted of its own work."""

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
    def of(cls, counts: UnitCounts) -> Tally:
        """The same counts as a plain value."""
        return cls(counts.events, counts.read, dict(counts.kinds))

    def __add__(self, other: Tally) -> Tally:
        kinds = {kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0) for kind in sorted({*self.kinds, *other.kinds})}
        return Tally(self.events + other.events, self.read + other.read, kinds)


class FlowRun(NamedTuple):
    """One advance: its id, the ids of the tracks asked for (none means all), the day to reach, and the instant of record.

    `recorded` is UTC text with microseconds and `Z`: all events of one run carry the same, also when it is run again.
    """

    id: str
    tracks: tuple[str, ...]
    until: date
    recorded: str


class TrackCounts(NamedTuple):
    """How many people are at each step of a track, by step id, and how many things are overdue on the day, by kind of todo.

    `coming` are those who have no place yet, by status. They are those of the track's report, None where it hides them, so that Prefect
    shows nothing that the report does not.
    """

    people: Mapping[str, Cell]
    overdue: Mapping[str, Cell]
    coming: Mapping[str, Cell] = MappingProxyType({})


class Operations(Protocol):
    """The operations of the engine on one database."""

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        ...

    def check_clock(self, recorded: str) -> None:
        """Judge the clock of the system by what was recorded last; one that has jumped is refused."""
        ...

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        """Keep the run; one that was begun before under its id goes on with what was kept then. No `flow_run`: the local engine."""
        ...

    def at_work(self) -> Collection[str]:
        """The ids of the runs whose process is there."""
        ...

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        """Record how the run ended.

        Args:
            run: the run as `begin` returned it.
            state: `completed`, `failed` or `interrupted`.
            tally: what was written and read.

        """
        ...

    def advance(self, run: str, unit: Unit, until: date, recorded: str, between: Between = ...) -> UnitCounts:
        """Advance one unit of coupled tracks; run again, it finds nothing due.

        Args:
            run: the id of the run.
            unit: the ids of the tracks of the unit.
            until: the last day to decide.
            recorded: the instant of record, as in `FlowRun`.
            between: is called between two batches.

        Returns:
            What was written and read.

        """
        ...

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        ...

    def track_counts(self, track: str, day: date) -> TrackCounts | None:
        """Count the people at each step of a track and what is overdue on a day; None where that is not to be shown."""
        ...


_bound: Operations | None = None


@contextmanager
def binding(operations: Operations) -> Iterator[None]:
    """Let the flows of this process work on these operations."""
    global _bound  # noqa: PLW0603 - a parameter would be kept in Prefect's database
    before, _bound = _bound, operations
    try:
        yield
    finally:
        _bound = before


def bound() -> Operations | None:
    """The operations that were bound in this process; None in a worker's process, where nobody binds any."""
    return _bound
