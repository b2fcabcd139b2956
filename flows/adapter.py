"""The adapter behind the port: the operations of the flows on a real database, nothing but calls of `tracks`."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from flows import port, prefect_settings
from flows.errors import NO_DATABASE
from flows.port import FlowRun, TrackCounts
from tracks.access import runs
from tracks.access.ledgers import kept_ledger
from tracks.audit.verify import verify
from tracks.queries.reader import reading
from tracks.queries.track_status import track_status
from tracks.recording.operations import all_units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.port import Operations, Tally, Unit, UnitCounts


class LedgerOperations:
    """The operations of one database. It remembers, for `verify`, which streams each run wrote: Prefect must not."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._wrote: dict[tuple[str, Unit], set[str]] = {}

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        return all_units(kept_ledger(self._database), tracks)

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        """Keep the run; one that was begun before under its id goes on with what was kept then."""
        kept = runs.RunRecord(run.id, run.tracks, run.until, run.recorded, "prefect", flow_run=flow_run)
        found = runs.begin_run(kept_ledger(self._database), kept)
        return FlowRun(found.id, found.tracks, found.until, found.recorded)

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        """Record how the run ended.

        Args:
            run: the run as `begin` returned it.
            state: `completed` or `failed`.
            tally: what was written and read.

        """
        runs.end_run(kept_ledger(self._database), run.id, state, {"events": tally.events, "read": tally.read})

    def advance(self, run: str, unit: Unit, until: date, recorded: str) -> UnitCounts:
        """Advance one unit; run again after a crash, it goes on where the other stopped.

        Args:
            run: the id of the run, under which the streams that were written are remembered.
            unit: the ids of the tracks of the unit.
            until: the last day to decide.
            recorded: the instant of record, as in `FlowRun`.

        Returns:
            What was written and read.

        """
        counts = runs.advance(kept_ledger(self._database), unit, until, recorded)
        self._wrote.setdefault((run, unit), set()).update(counts.streams)
        return counts

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        streams = sorted(self._wrote.pop((run, unit), ()))
        return len(verify(kept_ledger(self._database), streams).breaks) if streams else 0

    def track_counts(self, track: str, day: date) -> TrackCounts:
        """Count the people at each step of a track and what is overdue on a day."""
        with reading(self._database) as reader:
            found = track_status(reader, track, day)
        return TrackCounts(found.steps, found.overdue) if found else TrackCounts({}, {})


def bound_operations() -> Operations:
    """The operations bound in this process; else those on the database that the environment names, as in a worker's process."""
    return port.bound() or _from_environment()


@cache
def _from_environment() -> Operations:
    database = os.environ.get(prefect_settings.DATABASE)
    if not database:
        raise NO_DATABASE()
    return LedgerOperations(database)
