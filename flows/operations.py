"""The work of the flows on a real database: nothing but calls of `tracks.operations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks import operations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.work import Counts, Unit


class Operations:
    """The operations of one database. It remembers, for `verify`, which streams each run wrote: Prefect must not."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._wrote: dict[tuple[str, Unit], set[str]] = {}

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        return operations.units(self._database, tracks)

    def advance(self, run: str, unit: Unit, until: date, recorded: str) -> Counts:
        """Advance one unit."""
        counts = operations.advance_unit(self._database, run, unit, until, recorded)
        self._wrote.setdefault((run, unit), set()).update(counts.streams)
        return counts

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        return len(operations.broken(self._database, sorted(self._wrote.pop((run, unit), ()))))

    def people_per_step(self, track: str) -> Mapping[str, int]:
        """How many stand at each step."""
        return operations.people_per_step(self._database, track)

    def overdue(self, track: str, day: date) -> Mapping[str, int]:
        """How many things of each kind should have been done before the day."""
        return operations.overdue(self._database, track, day)
