"""What stands in the tables of a report, without words: the page words it, JSON gives it as it is; hidden counts are None in both."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.privacy.small_cells import shown
from tracks.reports.measures.breakdowns import (
    DIMENSIONS,
    NOT_YET,
    OFFER_FATES,
    OfferRow,
    breakdowns,
    masked_outcomes,
    offers_by,
    outcome_rows,
)
from tracks.reports.measures.figures import AT_EXIT, IN_WORK, TOTAL
from tracks.reports.measures.headcounts import is_overdue, planned_spending, status_rows
from tracks.reports.measures.series import SERIES, in_work, masked_series, series_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.values import Length
    from tracks.events.snapshots import Todo
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.breakdowns import Breakdown
    from tracks.reports.measures.figures import Figures
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord
    from tracks.reports.measures.series import TimeSpan

_DAYS_A_WEEK: Final = 7
HALF: Final = Fraction(1, 2)


class NamedCounts(NamedTuple):
    """Counts by name that sum to a total, all as they may be shown."""

    counts: Mapping[str, Cell]
    total: Cell


class GroupShare(NamedTuple):
    """One group of a breakdown as it may be shown."""

    name: str
    numerator: Cell
    denominator: Cell


class GroupTable(NamedTuple):
    """A goal's share by one thing that tells groups apart; without rows where none of them may be shown."""

    by: str
    rows: tuple[GroupShare, ...]


class LateRow(NamedTuple):
    """What should have been done, of one kind, in one step, by one role; `oldest` is None where there are few."""

    kind: str
    step: str
    role: str
    number: Cell
    oldest: date | None


class ShownOffers(NamedTuple):
    """Offers by what became of them; each group's counts by `made` and the fates, and none where they would tell of somebody."""

    withheld: bool
    rows: Mapping[str, Mapping[str, Cell]]
    total: Mapping[str, Cell]


class ShownSpending(NamedTuple):
    """Intensity, duration and cost of those admitted (rule R50), exact; None is hidden.

    `hours` a week and `kronor` are 0 where the track states none.
    """

    participants: Cell
    weeks: Fraction | None
    hours: Fraction | None
    kronor: int | None
    each: int | None


def way_shown(cases: Sequence[CaseRecord], counted: Sequence[CaseRecord], day: date, seen: Figures) -> dict[str, Cell]:
    """Count how far people have come: all enrolments, who was admitted, who has left, who completed, and who was in work as they left.

    Args:
        cases: The enrolments.
        counted: The cases whose exits count; in a programme a transfer within it is no exit.
        day: The day that the counts are as of.
        seen: What is hidden.

    """
    admitted = sum(1 for case in cases if case.admitted and case.admitted <= day)
    return {
        "enrolled": seen.shown(len(cases), "status", TOTAL),
        "admitted": seen.shown(admitted, "admitted"),
        "left": seen.shown(sum(1 for case in counted if case.exit and case.exit <= day), "exit", AT_EXIT, TOTAL),
        "completed": seen.shown(dict(status_rows(cases))["completed"], "status", "completed"),
        "work": seen.shown(sum(1 for case in counted if in_work(case)), *IN_WORK),
    }


def series_shown(
    cases: Sequence[CaseRecord], counted: Sequence[CaseRecord], day: date, seen: Figures
) -> list[tuple[TimeSpan, dict[str, Cell]]]:
    """Count who was admitted, who left and who was in work as they left, by span of time.

    Args:
        cases: The enrolments, for who was admitted.
        counted: The cases whose exits count.
        day: The day that the counts are as of.
        seen: What is hidden.

    """
    return [
        (span, {name: seen.shown(count, "time", name, str(span)) for name, count in zip(SERIES, counts, strict=True)})
        for span, counts in masked_series(series_rows(cases, counted, day), seen.limit)
    ]


def exits_at(
    cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement], day: date, at: tuple[int, Length | None], seen: Figures
) -> NamedCounts:
    """Count every exit in exactly one row.

    Args:
        cases: The enrolments as they are counted.
        goals: The goals that stand in the same output.
        day: The day that the counts are as of.
        at: The number of the point among those that are shown, and how long after exit it is; 0 and None for the exit itself.
        seen: What is hidden.

    """
    n, point = at
    # Goals are measured at exit, so only in that column could a numerator tell what a row hides.
    line = masked_outcomes(outcome_rows(cases, day, point), () if point else goals, seen.limit)
    rows = {row.name: row.number for row in line.rows} | ({} if point else {NOT_YET: 0})
    counts = {name: seen.shown(number, "exit", str(n), name) for name, number in rows.items()}
    return NamedCounts(counts, seen.shown(line.total, "exit", str(n), TOTAL))


def groups_shown(goals: Sequence[GoalMeasurement], track: Track, seen: Figures) -> dict[str, tuple[GroupTable, ...]]:
    """Break each goal's share down by group; a goal of which nothing may be shown is not there, as that would tell of somebody.

    Args:
        goals: The goals as measured.
        track: The version in force, with the employers of a whole programme.
        seen: What is hidden.

    """
    found = breakdowns([goal for goal in goals if goal.answers], track, seen.limit)
    tables = {goal.id: tuple(_group_table(goal.id, one, seen) for one in found.get(goal.id, ())) for goal in goals}
    return {goal: told for goal, told in tables.items() if any(one.rows for one in told)}


def _group_table(goal: str, one: Breakdown, seen: Figures) -> GroupTable:
    rows = []
    for row in one.rows:
        among = seen.shown(row.denominator, "group", goal, one.by, row.name, "denominator")
        counted = seen.shown(row.numerator, "group", goal, one.by, row.name, "numerator")
        rows.append(GroupShare(row.name, counted if among is not None else None, among))
    return GroupTable(one.by, tuple(rows) if any(row.numerator is not None for row in rows) else ())


def offers_shown(cases: Sequence[CaseRecord], track: Track, day: date, seen: Figures) -> ShownOffers:
    """Count offers by what became of them, by sex; the sum alone where there are too few.

    Args:
        cases: The enrolments.
        track: The version in force.
        day: The day that the counts are as of.
        seen: What is hidden.

    """
    found = offers_by(cases, DIMENSIONS[0], track, day, seen.limit)
    # Who declined stands among the statuses too: hidden there, it may not be read here.
    hidden = any(seen.shown(count, "status", name) is None for name, count in status_rows(cases) if name == "declined")
    withheld = found.withheld or hidden
    total = OfferRow("", None, (None,) * len(OFFER_FATES)) if hidden else found.total
    return ShownOffers(withheld, {} if withheld else {row.name: _fates_shown(row, seen) for row in found.rows}, _fates_shown(total, seen))


def _fates_shown(row: OfferRow, seen: Figures) -> dict[str, Cell]:
    counts = zip(("made", *OFFER_FATES), (row.offers, *row.fates), strict=True)
    return {what: seen.shown(count, "offer", row.name, what) for what, count in counts}


def late_shown(track: Track, todos: Iterable[tuple[str, Todo]], day: date, seen: Figures) -> list[LateRow]:
    """List what should have been done, by kind and step, the oldest first.

    Args:
        track: The version in force.
        todos: What is to be done, by stream.
        day: The day that the counts are as of.
        seen: What is hidden.

    """
    found: dict[tuple[str, str, str], list[date]] = {}
    for _, todo in todos:
        if is_overdue(todo, day) and todo.due:
            found.setdefault((todo.kind, todo.step, todo.role), []).append(todo.due)
    rows = sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
    counted = ((where, days, seen.shown(shown(len(days), seen.limit), "late", track.track, *where)) for where, days in rows)
    # The oldest day of a few is one person's.
    return [LateRow(*where, count, min(days) if count is not None else None) for where, days, count in counted]


def spending_shown(cases: Sequence[CaseRecord], day: date, seen: Figures) -> ShownSpending | None:
    """Intensity, duration and cost of those admitted (rule R50); None where nobody was.

    Args:
        cases: The enrolments.
        day: The day that the counts are as of.
        seen: What is hidden.

    """
    found = planned_spending(cases, day)
    if not found.participants:
        return None
    admitted, each = seen.shown(shown(found.participants, seen.limit), "admitted"), found.participants
    costing, lasting, busy = (
        None if admitted is None else seen.shown(shown(getattr(found, name), seen.limit), name) for name in ("costing", "lasting", "busy")
    )
    # Exact, so that hours are not those of rounded weeks. A mean or a sum of a few tells of each of them.
    weeks, hours = Fraction(found.days, _DAYS_A_WEEK), Fraction(found.hours_in_sevenths, _DAYS_A_WEEK)
    there = bool(hours and weeks)
    return ShownSpending(
        admitted,
        None if lasting is None else weeks / each,
        Fraction(0) if not there else None if None in (lasting, busy) else hours / weeks,
        0 if not found.kronor else None if costing is None else found.kronor,
        0 if not found.kronor else None if costing is None else int(Fraction(found.kronor, each) + HALF),
    )
