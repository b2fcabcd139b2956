"""What `outcomes` and `report` are made from: the cases of a track or a programme, and its goals as measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from commands.runtime import errors
from definitions.model.track import GoalDecision
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.access.views import person_view
from tracks.events.fold import Progress
from tracks.events.snapshots import Todo
from tracks.queries.explain.as_of import tasks_then
from tracks.queries.explain.as_of_ledger import PastLedger
from tracks.queries.explain.step_counts import crowd
from tracks.queries.histories import enrolment_count, histories, track_events
from tracks.queries.worklist import Which, worklist
from tracks.reports.measures.figures import WHOLE, CountedPeople, Figures, hidden_figures
from tracks.reports.measures.indicators import measure_goals, measure_programme
from tracks.reports.measures.population import cases_of, join_transfers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from commands.runtime.context import CommandContext
    from commands.runtime.settings import Lang
    from definitions.model.track import Track
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.explain.step_counts import Crowd
    from tracks.queries.moment import Moment
    from tracks.queries.worklist import Task
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBasis(CountedPeople):
    """A track or a programme on one day: its tracks in force, everybody on them, and its goals.

    `beside` is the whole programme where this is one of its tracks: whoever reads the report may read those of the others too; `known`
    is the day as of which the log was known.
    """

    name: str
    beside: CountedPeople | None = None
    known: date | None = None

    @property
    def is_programme(self) -> bool:
        """Whether this is a programme."""
        return len(self.tracks) > 1 or self.name != self.tracks[0].track

    @property
    def counted(self) -> list[CaseRecord]:
        """The cases as they are counted: in a programme a transfer between its tracks is no exit."""
        return join_transfers(self.cases) if self.is_programme else list(self.cases)

    @property
    def goals(self) -> tuple[GoalMeasurement, ...]:
        """The goals as measured on the day."""
        if self.is_programme:
            return measure_programme(self.tracks, self.counted, self.day, self.struck)
        return measure_goals(self.tracks[0], self.cases, self.day, self.struck)

    def seen(self, limit: int) -> Figures:
        """What is hidden in every form of this report, so that neither another form nor a report beside it gives it away."""
        return hidden_figures(self.beside or self, limit).of(WHOLE if len(self.tracks) > 1 else self.tracks[0].track)


def load_report_basis(ledger: CurrentLedger, what: str, now: Moment, progress: WorkProgress = SILENT) -> ReportBasis:
    """Load everything of a track, or of all tracks of a programme, at a moment.

    Args:
        ledger: what stood at that moment.
        what: the id of the track, or the name of the programme.
        now: the moment.
        progress: is told of how many enrolments the log has been read.

    Returns:
        The basis of its report.

    Raises:
        Refusal: NOT_THEN for a track that was not in force yet, NOT_FOUND for what is neither track nor programme.

    """
    rows = [row for name in ledger.tracks() if (row := ledger.track(name))]
    models = {row.id: ledger.plan(row.id, row.version).track for row in rows}
    tracks = tuple(track for track in models.values() if what in (track.track, track.programme))
    # The id of a track goes before a programme of the same name.
    if what in models:
        tracks = (models[what],)
    if not tracks:
        raise errors.NOT_THEN(what=what[:64], day=now.day) if what in ledger.tracks() else errors.NOT_FOUND(what=what[:64])
    here = _people(ledger, tracks, now, progress)
    others = [one for one in models.values() if one.programme and one.programme == tracks[0].programme and one not in tracks]
    beside = None
    if others:
        more = _people(ledger, others, now, progress)
        cases, todos = (*here.cases, *more.cases), (*here.todos, *more.todos)
        beside = CountedPeople((*tracks, *others), cases, todos, {**more.struck, **here.struck}, now.day, {**more.waiting, **here.waiting})
    return ReportBasis(tracks, here.cases, here.todos, here.struck, now.day, here.waiting, name=what, beside=beside, known=now.known_day)


def _people(ledger: CurrentLedger, tracks: Sequence[Track], now: Moment, progress: WorkProgress) -> CountedPeople:
    cases = tuple(case for track in tracks for case in _cases(ledger, track, now, progress))
    progress.begin(Stage.COUNTING)
    todos = tuple(_todo(one) for track in tracks for one in _tasks(ledger, track.track, now))
    struck = {goal: verdict for track in tracks for goal, verdict in _struck(ledger, track.track, now).items()}
    waiting = {(track.track, step): count for track in tracks for step, count in _crowd(ledger, track.track, now.day).waiting.items()}
    return CountedPeople(tracks, cases, todos, struck, now.day, waiting)


def _crowd(ledger: CurrentLedger, track: str, day: date) -> Crowd:
    row = ledger.track(track)
    people = ((person_view(ledger, row, one), one) for one in ledger.everybody(track)) if row else ()
    return crowd(people, day, row.state if row else Progress())


def _todo(one: Task) -> tuple[str, Todo]:
    return one.stream, Todo(one.kind, one.step, one.attempt, one.role, one.since, one.due)


def _tasks(ledger: CurrentLedger, track: str, now: Moment) -> list[Task]:
    return (
        tasks_then(ledger, Which(track=track)) if isinstance(ledger, PastLedger) else worklist(ledger.reader, now.today, Which(track=track))
    )


def _cases(ledger: CurrentLedger, track: Track, now: Moment, progress: WorkProgress) -> list[CaseRecord]:
    # People of many years stand on a handful of versions, and building a version costs more than a case.
    @lru_cache(maxsize=64)
    def model(version: int | None) -> Track:
        return ledger.plan(track.track, version).track if version else track

    every = histories(ledger.reader, track.track, model, now)
    found = cases_of(progress.each(every, Stage.READING_LOGS, enrolment_count(ledger.reader, track.track), track.name))
    # As is known today: the page of a past day shows no more of somebody whose identity is protected.
    return [replace(case, protected=case.stream in ledger.reader.protected) for case in found]


def _struck(ledger: CurrentLedger, track: str, now: Moment) -> dict[str, GoalDecision]:
    events = track_events(ledger.reader, track, "goal_struck", now)
    return {e.data["goal"]: GoalDecision(date=e.effective, by=e.actor, reason=str(e.data.get("reason", ""))) for e in events}


def onward_line(found: ReportBasis, limit: int, lang: Lang) -> str | None:
    """Tell how many of the exits were to another track here, where they are followed up (rule R46); None where there was none.

    Args:
        found: the basis of the report.
        limit: the least count of people that is shown.
        lang: the language of the line.

    """
    from tracks.reports.measures.shown_counts import onward_shown
    from tracks.reports.text.results import onward_text

    return onward_text(onward_shown(found.counted, found.seen(limit)), lang)


def report_page(found: ReportBasis, limit: int, work: CommandContext) -> str:
    """Render the report as one HTML page.

    Args:
        found: the basis of the report.
        limit: the least count of people that is shown.
        work: the context of the command.

    """
    from tracks.reports.text.html import render

    return render("report.html.j2", work.lang, **_page_values(found, limit, work))


def report_cells(found: ReportBasis, limit: int, work: CommandContext) -> list[dict[str, Any]]:
    """List every cell of the tables of the report's page, as rows of CSV; what is hidden is empty.

    Args:
        found: the basis of the report.
        limit: the least count of people that is shown.
        work: the context of the command.

    """
    from tracks.reports.pages.report import grids_of
    from tracks.reports.text.catalogue import message as said

    mark = said("r.mark.short", work.lang)
    grids = [outcome_grids(found, limit, work.lang)[0], *grids_of(_page_values(found, limit, work), work.lang)]
    return [
        {"table": grid.title, "group": group, "row": row[0], "column": column, "value": "" if cell == mark else _bare(cell)}
        for grid in grids
        for group, row in _in_groups(grid)
        for column, cell in zip(grid.columns[1:], row[1:], strict=True)
    ]


def _in_groups(grid: Any) -> Iterator[tuple[str, Sequence[str]]]:
    """The rows of a table, each with the heading that it stands under."""
    group = ""
    for row in (*grid.rows, *([grid.foot] if grid.foot else [])):
        if len(row) == 1:
            group = row[0]
        else:
            yield ("" if row is grid.foot else group), row


def _bare(cell: str) -> str:
    """A cell as a spreadsheet reads it: a number without the spaces that part its thousands."""
    joined = cell.replace("\u00a0", "")
    return joined if joined.replace(",", "").isdecimal() else cell.replace("\u00a0", " ")


def _page_values(found: ReportBasis, limit: int, work: CommandContext) -> dict[str, Any]:
    from tracks.reports.pages.report import ReportMaterial, programme_values, report_values
    from tracks.reports.text.html import PageSource

    material = ReportMaterial(
        found.cases, PageSource(found.day, virtual=work.virtual, known=found.known), found.todos, found.struck, limit, found.seen(limit)
    )
    if found.is_programme:
        return programme_values(found.name, found.tracks, material, work.lang)
    return report_values(found.tracks[0], material, work.lang)


def outcome_grids(found: ReportBasis, limit: int, lang: Lang) -> list[Any]:
    """Build the goals, and every exit by outcome, as tables for people.

    Args:
        found: the basis of the report.
        limit: the least count of people that is shown.
        lang: the language of the tables.

    Returns:
        The two tables.

    """
    from tracks.reports.text.count_tables import CountTables
    from tracks.reports.text.phrasing import TrackWording
    from tracks.reports.text.results import goals_table

    # The shares of a programme may name employers of any of its tracks.
    wording = TrackWording(found.whole, lang)
    seen = found.seen(limit)
    exits = CountTables(wording, found.day, seen).outcomes(found.counted, found.goals)
    return [goals_table(found.goals, wording, seen), exits]
