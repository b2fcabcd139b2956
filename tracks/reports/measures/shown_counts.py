"""The counts of people that others than the report show, as it shows them: the picture, Prefect, the last screen of the demo."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracks.events.status import EXITED, UNADMITTED
from tracks.privacy.cells import added
from tracks.privacy.small_cells import shown
from tracks.reports.measures.headcounts import is_overdue, status_rows, step_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from tracks.events.status import Status
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.figures import CountedPeople, Figures
    from tracks.reports.measures.population import CaseRecord


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """How many stand where on a track, None where hidden; `coming` have no place yet, `gone` have left.

    `shared` counts the employers, or the starts, that a step about them goes on with, which is no count of people.
    """

    day: date
    limit: int
    now: Mapping[str, Cell]
    waiting: Mapping[str, Cell]
    coming: Cell
    gone: Cell
    shared: Mapping[str, int]


def statuses_shown(people: CountedPeople, seen: Figures) -> dict[str, Cell]:
    """Everybody by status."""
    return {name: seen.shown(count, "status", name) for name, count in status_rows(people.cases)}


def now_shown(people: CountedPeople, seen: Figures) -> dict[str, Cell]:
    """How many are going on with each step of a track, by its id."""
    (track,) = people.tracks
    rows = step_rows(track, people.cases, people.todos, people.day)
    return {row.step: seen.shown(row.counts["now"], "now", track.track, row.step) for row in rows}


def overdue_shown(people: CountedPeople, seen: Figures) -> dict[str, Cell]:
    """How much is overdue, by kind of todo."""
    streams = {case.stream for case in people.cases}
    late = Counter((todo.kind, stream in streams) for stream, todo in people.todos if is_overdue(todo, people.day))
    # What is to be done about a start or an employer is about nobody, so only the part that is about people can be hidden.
    about = {kind: seen.shown(shown(late[kind, True], seen.limit), "late", kind) for kind, _ in late}
    return {kind: added([count], late[kind, False]) for kind, count in sorted(about.items())}


def picture_counts(people: CountedPeople, seen: Figures, shared: Mapping[str, int]) -> ShownCounts:
    """How many stand where, as a picture shows it.

    Args:
        people: Everybody on one track.
        seen: What is hidden in its report.
        shared: The employers, or the starts, that each step about them goes on with.

    """
    (track,) = people.tracks
    statuses, now = statuses_shown(people, seen), now_shown(people, seen)
    waiting = {step: seen.shown(people.waiting.get((track.track, step), 0), "waiting", track.track, step) for step in now}
    return ShownCounts(people.day, seen.limit, now, waiting, _sum(statuses, UNADMITTED), _sum(statuses, EXITED), shared)


def _sum(counts: Mapping[str, Cell], among: Collection[Status]) -> Cell:
    """The sum of some counts; hidden where one of them is, because the report shows the others."""
    return added(counts[str(status)] for status in among)


def onward_shown(cases: Iterable[CaseRecord], seen: Figures) -> Cell:
    """How many of the exits were to another track here, which follows them up (rule R46); None where that is hidden."""
    return seen.shown(sum(1 for case in cases if case.exit and case.onward), "onward")
