"""Counts as tables of words, for a page or a terminal: the same rows, the same hidden numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events.todos import TodoKind
from tracks.privacy.small_cells import LIMIT, mask_line, shown
from tracks.reports.measures.breakdowns import (
    DIMENSIONS,
    NOT_YET,
    OFFER_FATES,
    CountRow,
    OfferRow,
    OutcomeCounts,
    breakdowns,
    masked_outcomes,
    offers_by,
    outcome_rows,
)
from tracks.reports.measures.headcounts import is_overdue, planned_spending, status_rows, step_rows
from tracks.reports.measures.population import length_of
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import has, message
from tracks.reports.text.phrasing import TrackWording, code, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.values import Length
    from definitions.model.vocabulary import Lang
    from tracks.events.snapshots import Todo
    from tracks.reports.measures.breakdowns import Breakdown
    from tracks.reports.measures.headcounts import StepCount
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord

_DAYS_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: `numbers` are the columns that hold numbers; rows of one cell are headings of what follows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    foot: tuple[str, ...] = ()


def count_or_mark(count: int | None, lang: Lang) -> str:
    """A count, or the mark of a hidden one."""
    return message("r.mark.short", lang) if count is None else phrasing.number(count, lang)


class _Statuses(NamedTuple):
    """People by status as they may be shown; None is hidden."""

    counts: Mapping[str, int | None]
    total: int | None


def _statuses(cases: Sequence[CaseRecord], limit: int) -> _Statuses:
    rows = [row for row in status_rows(cases) if row[1]]
    line = mask_line([count for _, count in rows], limit)
    return _Statuses({name: count for (name, _), count in zip(rows, line.counts, strict=True)}, line.total)


def status_table(cases: Sequence[CaseRecord], lang: Lang, as_of: date, limit: int = LIMIT) -> Grid:
    """Tabulate enrolments by status, summing to all of them.

    Args:
        cases: The enrolments.
        lang: The language of the table.
        as_of: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    line = _statuses(cases, limit)
    told = tuple((sentence(code("status", name, lang)), count_or_mark(count, lang)) for name, count in line.counts.items())
    title = message("r.people.caption", lang, day=phrasing.day(as_of, lang))
    return Grid(
        title,
        (message("r.status", lang), message("r.count", lang)),
        told,
        (1,),
        (message("r.total", lang), count_or_mark(line.total, lang)),
    )


def masked_steps(rows: Sequence[StepCount], limit: int) -> list[tuple[str, tuple[int | None, ...]]]:
    """People per step as they may be shown: each column as if it had a total, because it may have one."""
    columns = [
        mask_line([row.now for row in rows], limit).counts,
        mask_line([row.done for row in rows], limit).counts,
        mask_line([row.skipped for row in rows], limit).counts,
        tuple(shown(row.overdue, limit) for row in rows),
    ]
    return [(row.name, tuple(column[n] for column in columns)) for n, row in enumerate(rows)]


def steps_table(
    track: Track, cases: Sequence[CaseRecord], todos: Iterable[tuple[str, Todo]], lang: Lang, as_of: date, limit: int = LIMIT
) -> Grid:
    """Tabulate people per step in the order written, and how many have something overdue there.

    Args:
        track: The version in force.
        cases: The enrolments.
        todos: What is to be done, each with its stream.
        lang: The language of the table.
        as_of: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    rows = masked_steps(step_rows(track, cases, todos, as_of), limit)
    columns = tuple(message(f"r.{key}", lang) for key in ("step", "now", "done", "skipped", "overdue"))
    told = tuple((name, *(count_or_mark(count, lang) for count in counts)) for name, counts in rows)
    return Grid(message("r.steps.caption", lang, day=phrasing.day(as_of, lang)), columns, told, (1, 2, 3, 4))


def overdue_table(track: Track, todos: Iterable[tuple[str, Todo]], lang: Lang, as_of: date, limit: int = LIMIT) -> Grid:
    """Tabulate what should have been done, by kind and step; the oldest first.

    Args:
        track: The version in force.
        todos: What is to be done, each with its stream.
        lang: The language of the table.
        as_of: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    found: dict[tuple[str, str, str], list[date]] = {}
    for _, todo in todos:
        if is_overdue(todo, as_of) and todo.due:
            found.setdefault((todo.kind, todo.step, todo.role), []).append(todo.due)
    names = {step.id: step.name for step in track.steps}
    rows = tuple(
        (
            sentence(_todo(kind, TrackWording(track, lang))),
            names.get(step, step) or message("r.whole", lang),
            sentence(phrasing.plain(role)),
            count_or_mark(shown(len(days), limit), lang),
            phrasing.day(min(days), lang),
        )
        for (kind, step, role), days in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
    )
    columns = tuple(message(f"r.{key}", lang) for key in ("overdue.what", "step", "overdue.role", "count", "overdue.oldest"))
    return Grid(message("r.overdue.caption", lang, day=phrasing.day(as_of, lang)), columns, rows, (3,))


def _todo(kind: str, wording: TrackWording) -> str:
    family, rest = TodoKind.parse(kind)
    lang = wording.lang
    text = message(f"todo.{family}", lang) if has(f"todo.{family}", lang) else phrasing.plain(family)
    if family == "follow_up" and rest:
        at = message("at.exit", lang) if rest == "exit" else message("at.length", lang, length=phrasing.length(length_of(rest), lang))
        return f"{text} {at}"
    return f"{text}: {wording.fact(rest)}" if family == "fact" and rest else text


def outcome_table(
    cases: Sequence[CaseRecord],
    goals: Sequence[GoalMeasurement],
    after: Sequence[Length | None],
    lang: Lang,
    as_of: date,
    limit: int = LIMIT,
) -> Grid:
    """Tabulate every exit in exactly one row, at exit and at each follow-up; every column sums to all exits.

    Args:
        cases: The enrolments.
        goals: The goals that stand in the same output.
        after: The follow-ups of the track; None is the day of exit.
        lang: The language of the table.
        as_of: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    points = [None, *(one for one in after if one is not None)]
    # Goals are measured at exit, so only in that column could a numerator tell what a row hides.
    lines = [_outcome_line(cases, () if point else goals, point, as_of, limit) for point in points]
    names = [row.name for row in lines[0].rows]
    told = [
        (sentence(message(f"outcome.{name}", lang)), *(count_or_mark(line.rows[n].number, lang) for line in lines))
        for n, name in enumerate(names)
    ]
    # The row for a day that has not come is left out where it is empty everywhere.
    if all(line.rows[-1].number == 0 for line in lines):
        told.pop()
    columns = [
        message("r.at_exit", lang) if one is None else message("r.after_exit", lang, length=phrasing.length(one, lang)) for one in points
    ]
    foot = (message("r.total", lang), *(count_or_mark(line.total, lang) for line in lines))
    return Grid(
        message("r.outcomes.caption", lang), (message("r.outcome", lang), *columns), tuple(told), tuple(range(1, len(columns) + 1)), foot
    )


def _outcome_line(
    cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement], point: Length | None, as_of: date, limit: int
) -> OutcomeCounts:
    line = masked_outcomes(outcome_rows(cases, as_of, point), goals, limit)
    return line if point else OutcomeCounts((*line.rows, CountRow(NOT_YET, 0)), line.total)


def group_tables(goals: Sequence[GoalMeasurement], track: Track, wording: TrackWording, limit: int = LIMIT) -> Iterator[Grid]:
    """Tabulate each goal's share by group.

    Args:
        goals: The goals as measured.
        track: The version in force.
        wording: The names of the track in the language of the tables.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    lang = wording.lang
    found = breakdowns([goal for goal in goals if goal.answers], track, limit)
    for goal in goals:
        tables = found.get(goal.id, ())
        rows = tuple(row for one in tables for row in _group_rows(one, wording))
        # A goal of which nothing may be shown gets no table: an empty one would tell that somebody is there.
        if any(has_visible_share(one) for one in tables):
            columns = tuple(message(f"r.{key}", lang) for key in ("group", "share", "numerator", "denominator"))
            yield Grid(message("r.groups.caption", lang, goal=goal.name), columns, rows, (1, 2, 3))


def has_visible_share(one: Breakdown) -> bool:
    """Whether any share of a breakdown may be shown."""
    return any(row.numerator is not None for row in one.rows)


def _group_rows(one: Breakdown, wording: TrackWording) -> Iterator[tuple[str, ...]]:
    lang = wording.lang
    title = message(f"by.{one.by}", lang)
    if not has_visible_share(one):
        yield (f"{title}: {message('r.groups.withheld', lang)}",)
        return
    yield (title,)
    for row in one.rows:
        both = row.numerator is not None and row.denominator
        share = phrasing.percent(Fraction(row.numerator or 0, row.denominator or 1), lang) if both else message("r.mark.short", lang)
        yield _group(one.by, row.name, wording), share, count_or_mark(row.numerator, lang), count_or_mark(row.denominator, lang)


def _group(by: str, name: str, wording: TrackWording) -> str:
    if name == "unknown":
        return sentence(message("group.unknown", wording.lang))
    if by == "employer":
        return wording.employer(name)
    return sentence(code(by, name, wording.lang)) if has(f"{by}.{name}", wording.lang) else phrasing.plain(name)


def offers_table(cases: Sequence[CaseRecord], track: Track, wording: TrackWording, as_of: date, limit: int = LIMIT) -> Grid:
    """Tabulate offers by what became of them, by sex; the sum alone where there are too few.

    Args:
        cases: The enrolments.
        track: The version in force.
        wording: The names of the track in the language of the table.
        as_of: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    lang, found = wording.lang, offers_by(cases, DIMENSIONS[0], track, as_of, limit)
    columns = (message("by.sex", lang), message("r.offers.made", lang), *(message(f"fate.{fate}", lang) for fate in OFFER_FATES))
    # Who declined stands among the statuses too: hidden there, it may not be read here.
    hidden = _statuses(cases, limit).counts.get("declined", 0) is None
    withheld = found.withheld or hidden
    rows = [(f"{message('by.sex', lang)}: {message('r.groups.withheld', lang)}",)] if withheld else []
    told = [] if withheld else [_offer_row(_group("sex", row.name, wording), row, lang) for row in found.rows]
    total = OfferRow("", None, (None,) * len(OFFER_FATES)) if hidden else found.total
    foot = _offer_row(message("r.total", lang), total, lang)
    return Grid(message("r.offers.caption", lang), columns, (*rows, *told), (1, 2, 3, 4, 5), foot)


def _offer_row(name: str, row: OfferRow, lang: Lang) -> tuple[str, ...]:
    return (name, count_or_mark(row.offers, lang), *(count_or_mark(count, lang) for count in row.fates))


def cost_rows(cases: Sequence[CaseRecord], lang: Lang, as_of: date) -> list[tuple[str, str]]:
    """List intensity, duration and cost of those admitted (rule R50), as labels and values.

    Args:
        cases: The enrolments.
        lang: The language of the labels.
        as_of: The day that the sums are as of.

    """
    found = planned_spending(cases, as_of)
    if not found.participants:
        return []
    # Exact until printed, so that hours are not those of rounded weeks.
    weeks = Fraction(found.days, _DAYS_A_WEEK)
    hours = Fraction(found.hours_in_sevenths, _DAYS_A_WEEK)
    rows = [("participants", phrasing.number(found.participants, lang)), ("weeks", phrasing.one_decimal(weeks / found.participants, lang))]
    rows += [("hours", phrasing.one_decimal(hours / weeks, lang))] if hours and weeks else []
    if found.kronor:
        each = int(Fraction(found.kronor, found.participants) + phrasing.HALF)
        rows.append(("total", message("r.kronor", lang, kronor=phrasing.number(found.kronor, lang))))
        rows.append(("each", message("r.kronor", lang, kronor=phrasing.number(each, lang))))
    return [(message(f"r.cost.{key}", lang), value) for key, value in rows]
