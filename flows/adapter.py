"""The work of the flows on a real database: nothing but calls of `tracks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.port import Run, Standing
from tracks.access import runs
from tracks.access.ledgers import kept_ledger
from tracks.audit.verify import verify
from tracks.queries.reader import reading
from tracks.queries.track_status import track_status
from tracks.recording.operations import all_units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.port import Counts, Tally, Unit


class Operations:
    """The operations of one database. It remembers, for `verify`, which streams each run wrote: Prefect must not."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._wrote: dict[tuple[str, Unit], set[str]] = {}

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """The units that these tracks belong to; all units where no track is named."""
        return all_units(kept_ledger(self._database), tracks)

    def begin(self, run: Run, flow_run: str) -> Run:
        """Keep the run; one that was begun before under its id goes on with what was kept then."""
        kept = runs.RunRecord(run.id, run.tracks, run.until, run.recorded, "prefect", flow_run=flow_run)
        found = runs.begin_run(kept_ledger(self._database), kept)
        return Run(found.id, found.tracks, found.until, found.recorded)

    def end(self, run: Run, state: str, tally: Tally) -> None:
        """Say how the run ended."""
        runs.end_run(kept_ledger(self._database), run.id, state, {"events": tally.events, "read": tally.read})

    def advance(self, run: str, unit: Unit, until: date, recorded: str) -> Counts:
        """Advance one unit; run again after a crash, it goes on where the other stopped."""
        counts = runs.advance(kept_ledger(self._database), unit, until, recorded)
        self._wrote.setdefault((run, unit), set()).update(counts.streams)
        return counts

    def verify(self, run: str, unit: Unit) -> int:
        """How many of the streams that the run wrote do not verify."""
        streams = sorted(self._wrote.pop((run, unit), ()))
        return len(verify(kept_ledger(self._database), streams).breaks) if streams else 0

    def standing(self, track: str, day: date) -> Standing:
        """How many stand at each step, and how many things of each kind are overdue."""
        with reading(self._database) as reader:
            found = track_status(reader, track, day)
        return Standing(found.steps, found.overdue) if found else Standing({}, {})
