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


def masked_steps(rows: Sequence[StepCount], limit: int) -> list[tuple[str, tuple[int | None, ...]]]:
    """People per step as they may be shown: each column as if it had a total, because it may have one."""
    columns = [
        mask_line([row.now for row in rows], limit).counts,
        mask_line([row.done for row in rows], limit).counts,
        mask_line([row.skipped for row in rows], limit).counts,
        tuple(shown(row.overdue, limit) for row in rows),
    ]
    return [(row.name, tuple(column[n] for column in columns)) for n, row in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class CountTables:
    """The tables of one output: of a track in one language, as of one day; counts below `limit` are hidden, 0 hides nothing."""

    wording: TrackWording
    as_of: date
    limit: int = LIMIT

    @property
    def _track(self) -> Track:
        return self.wording.track

    def _text(self, key: str, **values: object) -> str:
        return message(key, self.wording.lang, **values)

    def _caption(self, key: str) -> str:
        return self._text(key, day=phrasing.day(self.as_of, self.wording.lang))

    def _columns(self, *keys: str) -> tuple[str, ...]:
        return tuple(self._text(f"r.{key}") for key in keys)

    def _counts(self, counts: Iterable[int | None]) -> tuple[str, ...]:
        return tuple(count_or_mark(count, self.wording.lang) for count in counts)

    def _statuses(self, cases: Sequence[CaseRecord]) -> _Statuses:
        rows = [row for row in status_rows(cases) if row[1]]
        line = mask_line([count for _, count in rows], self.limit)
        return _Statuses({name: count for (name, _), count in zip(rows, line.counts, strict=True)}, line.total)

    def status(self, cases: Sequence[CaseRecord]) -> Grid:
        """Tabulate enrolments by status, summing to all of them."""
        line = self._statuses(cases)
        rows = tuple((sentence(code("status", name, self.wording.lang)), *self._counts([count])) for name, count in line.counts.items())
        foot = (self._text("r.total"), *self._counts([line.total]))
        return Grid(self._caption("r.people.caption"), self._columns("status", "count"), rows, (1,), foot)

    def steps(self, cases: Sequence[CaseRecord], todos: Iterable[tuple[str, Todo]]) -> Grid:
        """Tabulate people per step in the order written, and how many have something overdue there; `todos` are by stream."""
        counted = masked_steps(step_rows(self._track, cases, todos, self.as_of), self.limit)
        rows = tuple((name, *self._counts(counts)) for name, counts in counted)
        return Grid(self._caption("r.steps.caption"), self._columns("step", "now", "done", "skipped", "overdue"), rows, (1, 2, 3, 4))

    def overdue(self, todos: Iterable[tuple[str, Todo]]) -> Grid:
        """Tabulate what should have been done, by kind and step, the oldest first; `todos` are by stream."""
        found: dict[tuple[str, str, str], list[date]] = {}
        for _, todo in todos:
            if is_overdue(todo, self.as_of) and todo.due:
                found.setdefault((todo.kind, todo.step, todo.role), []).append(todo.due)
        names = {step.id: step.name for step in self._track.steps}
        rows = tuple(
            (
                sentence(_todo(kind, self.wording)),
                names.get(step, step) or self._text("r.whole"),
                sentence(phrasing.plain(role)),
                *self._counts([shown(len(days), self.limit)]),
                phrasing.day(min(days), self.wording.lang),
            )
            for (kind, step, role), days in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
        )
        columns = self._columns("overdue.what", "step", "overdue.role", "count", "overdue.oldest")
        return Grid(self._caption("r.overdue.caption"), columns, rows, (3,))

    def outcomes(self, cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement]) -> Grid:
        """Tabulate every exit in exactly one row, at exit and at each follow-up; every column sums to all exits.

        The `goals` are those that stand in the same output.
        """
        lang = self.wording.lang
        points = [None, *(one for one in self._track.follow_up if one is not None)]
        # Goals are measured at exit, so only in that column could a numerator tell what a row hides.
        lines = [self._outcomes_at(cases, () if point else goals, point) for point in points]
        rows = [
            (sentence(self._text(f"outcome.{row.name}")), *self._counts(line.rows[n].number for line in lines))
            for n, row in enumerate(lines[0].rows)
        ]
        # The row for a day that has not come is left out where it is empty everywhere.
        if all(line.rows[-1].number == 0 for line in lines):
            rows.pop()
        days = (self._text("r.after_exit", length=phrasing.length(one, lang)) if one else self._text("r.at_exit") for one in points)
        foot = (self._text("r.total"), *self._counts(line.total for line in lines))
        numbers = tuple(range(1, len(points) + 1))
        return Grid(self._text("r.outcomes.caption"), (self._text("r.outcome"), *days), tuple(rows), numbers, foot)

    def _outcomes_at(self, cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement], point: Length | None) -> OutcomeCounts:
        line = masked_outcomes(outcome_rows(cases, self.as_of, point), goals, self.limit)
        return line if point else OutcomeCounts((*line.rows, CountRow(NOT_YET, 0)), line.total)

    def groups(self, goals: Sequence[GoalMeasurement]) -> Iterator[Grid]:
        """Tabulate each goal's share by group."""
        found = breakdowns([goal for goal in goals if goal.answers], self._track, self.limit)
        for goal in goals:
            tables = found.get(goal.id, ())
            rows = tuple(row for one in tables for row in self._group_rows(one))
            # A goal of which nothing may be shown gets no table: an empty one would tell that somebody is there.
            if any(has_visible_share(one) for one in tables):
                columns = self._columns("group", "share", "numerator", "denominator")
                yield Grid(self._text("r.groups.caption", goal=goal.name), columns, rows, (1, 2, 3))

    def _group_rows(self, one: Breakdown) -> Iterator[tuple[str, ...]]:
        title = self._text(f"by.{one.by}")
        if not has_visible_share(one):
            yield (f"{title}: {self._text('r.groups.withheld')}",)
            return
        yield (title,)
        for row in one.rows:
            both = row.numerator is not None and row.denominator
            share = Fraction(row.numerator or 0, row.denominator or 1)
            text = phrasing.percent(share, self.wording.lang) if both else self._text("r.mark.short")
            yield _group(one.by, row.name, self.wording), text, *self._counts([row.numerator, row.denominator])

    def offers(self, cases: Sequence[CaseRecord]) -> Grid:
        """Tabulate offers by what became of them, by sex; the sum alone where there are too few."""
        found = offers_by(cases, DIMENSIONS[0], self._track, self.as_of, self.limit)
        sex = self._text("by.sex")
        columns = (sex, self._text("r.offers.made"), *(self._text(f"fate.{fate}") for fate in OFFER_FATES))
        # Who declined stands among the statuses too: hidden there, it may not be read here.
        hidden = self._statuses(cases).counts.get("declined", 0) is None
        withheld = found.withheld or hidden
        rows = [(f"{sex}: {self._text('r.groups.withheld')}",)] if withheld else []
        counted = [] if withheld else [self._offers(_group("sex", row.name, self.wording), row) for row in found.rows]
        total = OfferRow("", None, (None,) * len(OFFER_FATES)) if hidden else found.total
        foot = self._offers(self._text("r.total"), total)
        return Grid(self._text("r.offers.caption"), columns, (*rows, *counted), (1, 2, 3, 4, 5), foot)

    def _offers(self, name: str, row: OfferRow) -> tuple[str, ...]:
        return (name, *self._counts([row.offers, *row.fates]))

    def cost(self, cases: Sequence[CaseRecord]) -> list[tuple[str, str]]:
        """List intensity, duration and cost of those admitted (rule R50), as labels and values."""
        lang, found = self.wording.lang, planned_spending(cases, self.as_of)
        if not found.participants:
            return []
        # Exact until printed, so that hours are not those of rounded weeks.
        weeks = Fraction(found.days, _DAYS_A_WEEK)
        hours = Fraction(found.hours_in_sevenths, _DAYS_A_WEEK)
        rows = [("participants", phrasing.number(found.participants, lang))]
        rows.append(("weeks", phrasing.one_decimal(weeks / found.participants, lang)))
        rows += [("hours", phrasing.one_decimal(hours / weeks, lang))] if hours and weeks else []
        if found.kronor:
            each = int(Fraction(found.kronor, found.participants) + phrasing.HALF)
            rows += [
                (key, self._text("r.kronor", kronor=phrasing.number(kronor, lang)))
                for key, kronor in (("total", found.kronor), ("each", each))
            ]
        return [(self._text(f"r.cost.{key}"), value) for key, value in rows]


def _todo(kind: str, wording: TrackWording) -> str:
    family, rest = TodoKind.parse(kind)
    lang = wording.lang
    text = message(f"todo.{family}", lang) if has(f"todo.{family}", lang) else phrasing.plain(family)
    if family == "follow_up" and rest:
        at = message("at.exit", lang) if rest == "exit" else message("at.length", lang, length=phrasing.length(length_of(rest), lang))
        return f"{text} {at}"
    return f"{text}: {wording.fact(rest)}" if family == "fact" and rest else text


def has_visible_share(one: Breakdown) -> bool:
    """Whether any share of a breakdown may be shown."""
    return any(row.numerator is not None for row in one.rows)


def _group(by: str, name: str, wording: TrackWording) -> str:
    if name == "unknown":
        return sentence(message("group.unknown", wording.lang))
    if by == "employer":
        return wording.employer(name)
    return sentence(code(by, name, wording.lang)) if has(f"{by}.{name}", wording.lang) else phrasing.plain(name)
