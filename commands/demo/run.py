"""Runs the demo: each system in its own years, its reports written month by month, one flow run for each quarter and unit."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from commands.app.error_text import refusal_text
from commands.demo.cohorts.driver import months, play_month
from commands.demo.workspace import make_workspace
from commands.runtime.output import note, out
from commands.runtime.progress import server_listener
from commands.runtime.texts import message
from definitions.loading.loader import load_paths
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.access.ledgers import open_ledger
from tracks.access.runs import RunRecord, begin_run, end_run
from tracks.access.views import track_hash
from tracks.clock import Clock
from tracks.recording.operations import advance_unit, all_units
from tracks.recording.track_facts import put_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from commands.demo.cohorts.registry import Cohort
    from definitions.loading.loader import Loaded
    from definitions.model.vocabulary import Lang
    from tracks.access.ledgers import SqlLedger

ACTOR: Final = "demo"
_QUARTERS: Final = (3, 6, 9, 12)
_DECEMBER: Final = _QUARTERS[-1]


@dataclass(frozen=True, slots=True)
class Demo:
    """What was ordered: where, on which engine, in which language, from which seed, which systems; and who hears how far it has come."""

    folder: Path
    engine: str
    lang: Lang
    seed: int
    cohorts: tuple[Cohort, ...]
    again: bool = False
    progress: WorkProgress = SILENT

    @property
    def database(self) -> Path:
        """The database of the workspace."""
        return self.folder / "jobbspar.db"


@dataclass(slots=True)
class Played:
    """What came of the demo so far: reports written, runs of the engine, and when it began on the monotonic clock.

    `lost` is whether Prefect's server could not be used; the local engine goes on then.
    """

    reports: int = 0
    runs: int = 0
    lost: bool = False
    began: float = field(default_factory=time.monotonic)


def run(order: Demo) -> Played:
    """Make the workspace and run it all; the server that was started is stopped whatever happens."""
    make_workspace(order.folder, order.lang, again=order.again)
    played = Played()
    try:
        loaded = load_paths([order.folder / "tracks"])
        _line("demo.made", order, path=order.folder, count=len(order.cohorts))
        with open_ledger(order.database) as ledger:
            for cohort in order.cohorts:
                _system(order, ledger, cohort, loaded, played)
    # A server that outlives the demo would hold its folder, and the next `--again` could not clear it.
    finally:
        if order.engine == "prefect":
            _stop(order)
    return played


def _system(order: Demo, ledger: SqlLedger, cohort: Cohort, loaded: Sequence[Loaded], played: Played) -> None:
    start = Clock.at(cohort.first.isoformat())
    for one in loaded:
        if one.track and one.track.track in cohort.tracks:
            put_in_force(ledger, start, ACTOR, one.track, track_hash(one.track), one.text)
    people = cohort.fates(order.seed)
    worker = cohort.caseworker(people, order.seed)
    _line("demo.start", order, name=cohort.name, people=len(people), first=cohort.first, until=cohort.until)
    units, every = all_units(ledger, cohort.tracks), list(months(cohort.first, cohort.until))
    for first, last in order.progress.each(every, Stage.LIVING_MONTHS, len(every), cohort.name):
        played.reports += play_month(ledger, cohort, worker, first, last)
        # A report is decided on its own day, so a run finds only what came due with nothing to report, and may come seldom.
        for unit in units if last == cohort.until or last.month in _QUARTERS else ():
            _advance(order, ledger, unit, last, played, counted=last == cohort.until)
            played.runs += 1
        # A log keeps every line; each month of seven systems would bury what matters.
        if last.month == _DECEMBER or last == cohort.until:
            _line("demo.year", order, day=last, reports=played.reports, runs=played.runs)


def _advance(order: Demo, ledger: SqlLedger, unit: tuple[str, ...], day: date, played: Played, *, counted: bool) -> None:
    clock = Clock.at(day.isoformat())
    # Named after unit and month and not drawn: the same seed must give the same database.
    name = f"demo-{unit[0]}-{day:%Y-%m}"
    if order.engine == "prefect" and not played.lost:
        played.lost = not _flow(order, name, unit, clock, counted=counted)
        return
    begin_run(ledger, RunRecord(name, unit, clock.today, clock.recorded, "local"))
    counts = advance_unit(ledger, unit, clock)
    end_run(ledger, name, "completed", {"events": counts.events, "read": counts.read})


def _flow(order: Demo, name: str, unit: tuple[str, ...], clock: Clock, *, counted: bool) -> bool:
    """Advance by a flow; answers whether Prefect's server could be used, and says it in a line where it could not."""
    # Hundreds of runs follow on one another here, and who looks at the end looks at the last.
    from flows.adapter import LedgerOperations
    from flows.port import FlowRun
    from flows.runner import advance

    result = advance(
        order.folder,
        LedgerOperations(str(order.database), counted=counted),
        FlowRun(name, unit, clock.today, clock.recorded),
        server_listener(order.lang),
        order.lang,
    )
    if result.lost:
        note(message("advance.lost", order.lang, why=refusal_text(result.lost, order.lang)))
    return not result.lost


def _stop(order: Demo) -> None:
    from flows import local_server

    if local_server.down(order.folder):
        out(message("demo.stopped", order.lang))


def _line(key: str, order: Demo, **values: Any) -> None:
    """A line that is seen at once, also through a pipe."""
    out(message(key, order.lang, **values))
    # A pipe is buffered, and the demo is silent for minutes between two lines.
    sys.stdout.flush()
