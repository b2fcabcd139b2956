"""Counts as tables of words, for a page or a terminal: the same rows, the same hidden numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events.todos import TodoKind
from tracks.privacy.small_cells import mask_line, shown
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
from tracks.reports.measures.figures import TOTAL
from tracks.reports.measures.headcounts import STEP_COLUMNS, is_overdue, masked_steps, planned_spending, status_rows, step_rows
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
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.breakdowns import Breakdown
    from tracks.reports.measures.figures import Figures
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


def count_or_mark(count: Cell, lang: Lang) -> str:
    """A count of people, or the mark of a hidden one; nowhere else does one become a text."""
    return message("r.mark.short", lang) if count is None else phrasing.number(count, lang)


class _Counts(NamedTuple):
    """Counts by name that sum to a total, all as they may be shown; None is hidden."""

    counts: Mapping[str, Cell]
    total: Cell


class _GroupShare(NamedTuple):
    """One group of a breakdown as it may be shown."""

    name: str
    numerator: Cell
    denominator: Cell


@dataclass(frozen=True, slots=True)
class CountTables:
    """The tables of one output: of a track in one language, as of one day.

    Each table hides what its own sums would give away; `figures` hides what all tables of the output would give away together.
    """

    wording: TrackWording
    as_of: date
    figures: Figures

    def _shown(self, count: int | None, *key: str) -> Cell:
        return self.figures.shown(count, *key)

    @property
    def _track(self) -> Track:
        return self.wording.track

    def _text(self, key: str, **values: object) -> str:
        return message(key, self.wording.lang, **values)

    def _caption(self, key: str) -> str:
        return self._text(key, day=phrasing.day(self.as_of, self.wording.lang))

    def _columns(self, *keys: str) -> tuple[str, ...]:
        return tuple(self._text(f"r.{key}") for key in keys)

    def _counts(self, counts: Iterable[Cell]) -> tuple[str, ...]:
        return tuple(count_or_mark(count, self.wording.lang) for count in counts)

    def _statuses(self, cases: Sequence[CaseRecord]) -> _Counts:
        rows = status_rows(cases)
        line = mask_line([count for _, count in rows], self.figures.limit)
        counts = {name: self._shown(count, "status", name) for (name, _), count in zip(rows, line.counts, strict=True)}
        # A status that nobody has is left out only where its nought is no secret: else the rows would tell where people are.
        return _Counts({name: count for name, count in counts.items() if count != 0}, self._shown(line.total, "status", TOTAL))

    def status(self, cases: Sequence[CaseRecord]) -> Grid:
        """Tabulate enrolments by status, summing to all of them."""
        line = self._statuses(cases)
        rows = tuple((sentence(code("status", name, self.wording.lang)), *self._counts([count])) for name, count in line.counts.items())
        foot = (self._text("r.total"), *self._counts([line.total]))
        return Grid(self._caption("r.people.caption"), self._columns("status", "count"), rows, (1,), foot)

    def steps(self, cases: Sequence[CaseRecord], todos: Iterable[tuple[str, Todo]]) -> Grid:
        """Tabulate people per step in the order written, and how many have something overdue there; `todos` are by stream."""
        rows = tuple((name, *self._counts(counts)) for name, counts in self.step_counts(cases, todos))
        return Grid(self._caption("r.steps.caption"), self._columns("step", *STEP_COLUMNS), rows, tuple(range(1, len(STEP_COLUMNS) + 1)))

    def step_counts(self, cases: Sequence[CaseRecord], todos: Iterable[tuple[str, Todo]]) -> list[tuple[str, tuple[Cell, ...]]]:
        """The counts of `STEP_COLUMNS` by the name of each step, as they may be shown."""
        rows = step_rows(self._track, cases, todos, self.as_of)
        return [
            (
                message("r.steps.earlier", self.wording.lang, name=name) if row.earlier else name,
                tuple(self._shown(count, key, self._track.track, row.step) for key, count in zip(STEP_COLUMNS, counts, strict=True)),
            )
            for row, (name, counts) in zip(rows, masked_steps(rows, self.figures.limit), strict=True)
        ]

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
                *self._counts([count]),
                # The oldest day of a few is one person's.
                phrasing.day(min(days), self.wording.lang) if count is not None else self._text("r.mark.short"),
            )
            for (kind, step, role), days in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
            for count in [self._shown(shown(len(days), self.figures.limit), "late", self._track.track, kind, step, role)]
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
        lines = [self._outcomes_at(cases, () if point else goals, n, point) for n, point in enumerate(points)]
        rows = [(sentence(self._text(f"outcome.{name}")), *self._counts(line.counts[name] for line in lines)) for name in lines[0].counts]
        # The row for a day that has not come is left out where it is empty everywhere.
        if all(line.counts[NOT_YET] == 0 for line in lines):
            rows.pop()
        days = (self._text("r.after_exit", length=phrasing.length(one, lang)) if one else self._text("r.at_exit") for one in points)
        foot = (self._text("r.total"), *self._counts(line.total for line in lines))
        numbers = tuple(range(1, len(points) + 1))
        return Grid(self._text("r.outcomes.caption"), (self._text("r.outcome"), *days), tuple(rows), numbers, foot)

    def _outcomes_at(self, cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement], n: int, point: Length | None) -> _Counts:
        line = masked_outcomes(outcome_rows(cases, self.as_of, point), goals, self.figures.limit)
        rows = {row.name: row.number for row in line.rows} | ({} if point else {NOT_YET: 0})
        counts = {name: self._shown(number, "exit", str(n), name) for name, number in rows.items()}
        return _Counts(counts, self._shown(line.total, "exit", str(n), TOTAL))

    def groups(self, goals: Sequence[GoalMeasurement]) -> Iterator[Grid]:
        """Tabulate each goal's share by group."""
        found = breakdowns([goal for goal in goals if goal.answers], self._track, self.figures.limit)
        for goal in goals:
            tables = {one.by: self._group_shown(goal.id, one) for one in found.get(goal.id, ())}
            rows = tuple(row for by, groups in tables.items() for row in self._group_rows(by, groups))
            # A goal of which nothing may be shown gets no table: an empty one would tell that somebody is there.
            if any(map(has_visible_share, tables.values())):
                columns = self._columns("group", "share", "numerator", "denominator")
                yield Grid(self._text("r.groups.caption", goal=goal.name), columns, rows, (1, 2, 3))

    def _group_shown(self, goal: str, one: Breakdown) -> list[_GroupShare]:
        groups = []
        for row in one.rows:
            among = self._shown(row.denominator, "group", goal, one.by, row.name, "denominator")
            counted = self._shown(row.numerator, "group", goal, one.by, row.name, "numerator")
            groups.append(_GroupShare(row.name, counted if among is not None else None, among))
        return groups

    def _group_rows(self, by: str, groups: Sequence[_GroupShare]) -> Iterator[tuple[str, ...]]:
        title = self._text(f"by.{by}")
        if not has_visible_share(groups):
            yield (f"{title}: {self._text('r.groups.withheld')}",)
            return
        yield (title,)
        for row in groups:
            both = row.numerator is not None and row.denominator
            share = Fraction(row.numerator or 0, row.denominator or 1)
            text = phrasing.percent(share, self.wording.lang) if both else self._text("r.mark.short")
            yield _group(by, row.name, self.wording), text, *self._counts([row.numerator, row.denominator])

    def offers(self, cases: Sequence[CaseRecord]) -> Grid:
        """Tabulate offers by what became of them, by sex; the sum alone where there are too few."""
        found = offers_by(cases, DIMENSIONS[0], self._track, self.as_of, self.figures.limit)
        sex = self._text("by.sex")
        columns = (sex, self._text("r.offers.made"), *(self._text(f"fate.{fate}") for fate in OFFER_FATES))
        # Who declined stands among the statuses too: hidden there, it may not be read here.
        hidden = self._statuses(cases).counts.get("declined", 0) is None
        withheld = found.withheld or hidden
        rows = [(f"{sex}: {self._text('r.groups.withheld')}",)] if withheld else []
        counted = [] if withheld else [self._offers(_group("sex", row.name, self.wording), row) for row in found.rows]
        total = OfferRow("", None, (None,) * len(OFFER_FATES)) if hidden else found.total
        foot = self._offers(self._text("r.total"), total)
        return Grid(self._text("r.offers.caption"), columns, (*rows, *counted), tuple(range(1, len(columns))), foot)

    def _offers(self, name: str, row: OfferRow) -> tuple[str, ...]:
        counts = [row.offers, *row.fates]
        keys = zip(("made", *OFFER_FATES), counts, strict=True)
        return (name, *self._counts(self._shown(count, "offer", row.name, what) for what, count in keys))

    def cost(self, cases: Sequence[CaseRecord]) -> list[tuple[str, str]]:
        """List intensity, duration and cost of those admitted (rule R50), as labels and values."""
        lang, found = self.wording.lang, planned_spending(cases, self.as_of)
        if not found.participants:
            return []
        admitted, each = self._shown(shown(found.participants, self.figures.limit), "admitted"), found.participants
        costing, lasting, busy = (
            None if admitted is None else self._shown(shown(getattr(found, name), self.figures.limit), name)
            for name in ("costing", "lasting", "busy")
        )
        # Exact until printed, so that hours are not those of rounded weeks.
        weeks = Fraction(found.days, _DAYS_A_WEEK)
        hours = Fraction(found.hours_in_sevenths, _DAYS_A_WEEK)
        # A mean or a sum of a few tells of each of them.
        hidden = self._text("r.mark.short")
        rows = [("participants", count_or_mark(admitted, lang))]
        rows.append(("weeks", hidden if lasting is None else phrasing.one_decimal(weeks / each, lang)))
        if hours and weeks:
            rows.append(("hours", hidden if None in (lasting, busy) else phrasing.one_decimal(hours / weeks, lang)))
        if found.kronor:
            for key, kronor in (("total", found.kronor), ("each", int(Fraction(found.kronor, each) + phrasing.HALF))):
                told = self._text("r.kronor", kronor=phrasing.number(kronor, lang))
                rows.append((key, hidden if costing is None else told))
        return [(self._text(f"r.cost.{key}"), value) for key, value in rows]


def _todo(kind: str, wording: TrackWording) -> str:
    family, rest = TodoKind.parse(kind)
    lang = wording.lang
    text = message(f"todo.{family}", lang) if has(f"todo.{family}", lang) else phrasing.plain(family)
    if family == "follow_up" and rest:
        at = message("at.exit", lang) if rest == "exit" else message("at.length", lang, length=phrasing.length(length_of(rest), lang))
        return f"{text} {at}"
    return f"{text}: {wording.fact(rest)}" if family == "fact" and rest else text


def has_visible_share(groups: Iterable[_GroupShare]) -> bool:
    """Whether any share of a breakdown may be shown."""
    return any(row.numerator is not None for row in groups)


def _group(by: str, name: str, wording: TrackWording) -> str:
    if name == "unknown":
        return sentence(message("group.unknown", wording.lang))
    if by == "employer":
        return wording.employer(name)
    return sentence(code(by, name, wording.lang)) if has(f"{by}.{name}", wording.lang) else phrasing.plain(name)
