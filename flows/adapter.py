"""The adapter behind the port: the operations of the flows on a real database, nothing but calls of `tracks`."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Final

from definitions.progress import SILENT, Stage, WorkProgress
from flows import port, prefect_settings
from flows.port import FlowRun, TrackCounts
from flows.refusals import NO_DATABASE, UNIT_LATE
from tracks.access import runs
from tracks.access.ledgers import kept_ledger
from tracks.audit.verify import verify
from tracks.clock import JUMPED, Clock
from tracks.errors import CLOCK_JUMPED
from tracks.events.status import UNADMITTED
from tracks.queries.moment import last_recorded
from tracks.queries.reader import reading
from tracks.queries.track_status import track_status
from tracks.queries.track_status import tracks as tracks_in_force
from tracks.recording.operations import all_units
from tracks.reports.measures.collector import collect, collect_people
from tracks.reports.measures.figures import hidden_figures
from tracks.reports.measures.shown_counts import now_shown, overdue_shown, statuses_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from flows.port import Between, Operations, Tally, Unit, UnitCounts

# To decide what may be shown everybody is read, about a second for 5 000; a run does not wait much longer than that to be seen.
_MOST_COUNTED: Final = 20_000
# Seconds. A unit that is not ready by then ends between two batches; the next run goes on from there.
UNIT_LIMIT: Final = 3600.0


class LedgerOperations:
    """The operations of one database. It remembers, for `verify`, which streams each run wrote: Prefect must not.

    `counted` is whether the people of a track are counted to be shown; many runs in a row are not each worth it. `progress` is told how
    many enrolments of a unit have been decided.
    """

    def __init__(self, database: str, *, counted: bool = True, progress: WorkProgress = SILENT) -> None:
        self._database = database
        self._counted = counted
        self._progress = progress
        self._wrote: dict[tuple[str, Unit], set[str]] = {}

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        return all_units(kept_ledger(self._database), tracks)

    def check_clock(self, recorded: str) -> None:
        """Judge the clock of the system by what was recorded last. Raises CLOCK_JUMPED, which a person confirms by a command."""
        clock = Clock.recorded_at(recorded)
        with reading(self._database) as reader:
            last = last_recorded(reader)
        if clock.days_after(last) >= JUMPED:
            raise CLOCK_JUMPED(clock=recorded, days=JUMPED, last=last)

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        """Keep the run; one that was begun before under its id goes on with what was kept then. No `flow_run`: the local engine."""
        engine = "prefect" if flow_run else "local"
        kept = runs.RunRecord(run.id, run.tracks, run.until, run.recorded, engine, flow_run=flow_run or None)
        found = runs.begin_run(kept_ledger(self._database), kept)
        return FlowRun(found.id, found.tracks, found.until, found.recorded)

    def at_work(self) -> Collection[str]:
        """The ids of the runs whose process is there."""
        return runs.runs_at_work(kept_ledger(self._database))

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        """Record how the run ended.

        Args:
            run: the run as `begin` returned it.
            state: `completed`, `failed` or `interrupted`.
            tally: what was written and read.

        """
        runs.end_run(kept_ledger(self._database), run.id, state, {"events": tally.events, "read": tally.read})

    def advance(self, run: str, unit: Unit, until: date, recorded: str, between: Between = lambda: None) -> UnitCounts:
        """Advance one unit; run again after a crash, it goes on where the other stopped.

        Args:
            run: the id of the run, under which the streams that were written are remembered.
            unit: the ids of the tracks of the unit.
            until: the last day to decide.
            recorded: the instant of record, as in `FlowRun`.
            between: is called between two batches.

        Returns:
            What was written and read.

        Raises:
            Refusal: UNIT_LATE where the unit is not ready within its time.

        """
        limit = time.monotonic() + UNIT_LIMIT

        def asked(counts: UnitCounts) -> None:
            self._progress.reach(counts.read)
            between()
            if time.monotonic() > limit:
                raise UNIT_LATE(tracks=", ".join(unit), minutes=int(UNIT_LIMIT // 60))

        self._progress.begin(Stage.ADVANCING, what=", ".join(unit))
        counts = runs.advance(kept_ledger(self._database), unit, until, recorded, between=asked)
        self._wrote.setdefault((run, unit), set()).update(counts.streams)
        return counts

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        streams = sorted(self._wrote.pop((run, unit), ()))
        return len(verify(kept_ledger(self._database), streams, self._progress).breaks) if streams else 0

    def track_counts(self, track: str, day: date) -> TrackCounts | None:
        """Count the people at each step of a track and what is overdue on a day, as its report shows them."""
        if not self._counted:
            return None
        with reading(self._database) as reader:
            stand, every = track_status(reader, track, day), {one.id: one for one in tracks_in_force(reader)}
        if stand is None:
            return None
        # What is hidden here must follow neither from the report of another track of the programme nor from its own.
        programme = every[track].programme
        beside = [name for name, one in every.items() if name == track or (programme and one.programme == programme)]
        if sum(sum(every[name].statuses.values()) for name in beside) > _MOST_COUNTED:
            return TrackCounts(dict.fromkeys(stand.steps), dict.fromkeys(stand.overdue))
        ledger = kept_ledger(self._database)
        found = collect(ledger, beside)
        people = collect_people(ledger, found, day)
        own = people.of(next(one for one in found.tracks if one.track == track))
        seen = hidden_figures(people).of(track)
        coming = {name: count for name, count in statuses_shown(own, seen).items() if name in UNADMITTED and count != 0}
        return TrackCounts(now_shown(own, seen), overdue_shown(own, seen), coming)


def bound_operations() -> Operations:
    """The operations bound in this process; else those on the database that the environment names, as in a worker's process."""
    return port.bound() or _from_environment()


@cache
def _from_environment() -> Operations:
    database = os.environ.get(prefect_settings.DATABASE)
    if not database:
        raise NO_DATABASE()
    return LedgerOperations(database)
