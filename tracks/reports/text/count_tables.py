"""Counts as tables of words, for a page or a terminal: the same rows, the same hidden numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tracks.events.todos import TodoKind
from tracks.privacy.small_cells import mask_line
from tracks.reports.measures.breakdowns import NOT_YET, OFFER_FATES
from tracks.reports.measures.figures import TOTAL
from tracks.reports.measures.headcounts import STEP_COLUMNS, masked_steps, status_rows, step_rows
from tracks.reports.measures.page_counts import NamedCounts, exits_at, groups_shown, late_shown, offers_shown, spending_shown
from tracks.reports.measures.population import length_of
from tracks.reports.measures.series import SERIES
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import has, message
from tracks.reports.text.phrasing import TrackWording, code, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from tracks.events.snapshots import Todo
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.figures import Figures
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.page_counts import GroupTable
    from tracks.reports.measures.population import CaseRecord
    from tracks.reports.measures.series import TimeSpan

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

    def _statuses(self, cases: Sequence[CaseRecord]) -> NamedCounts:
        rows = status_rows(cases)
        line = mask_line([count for _, count in rows], self.figures.limit)
        counts = {name: self._shown(count, "status", name) for (name, _), count in zip(rows, line.counts, strict=True)}
        # A status that nobody has is left out only where its nought is no secret: else the rows would tell where people are.
        return NamedCounts({name: count for name, count in counts.items() if count != 0}, self._shown(line.total, "status", TOTAL))

    def way(self, way: Mapping[str, Cell]) -> Grid:
        """Tabulate how far people have come, as `page_counts.way_shown` counts them."""
        rows = tuple((self._text(f"r.way.{name}"), *self._counts([count])) for name, count in way.items())
        return Grid(self._caption("r.way.caption"), self._columns("way", "count"), rows, (1,))

    def series(self, series: Sequence[tuple[TimeSpan, Mapping[str, Cell]]], way: Mapping[str, Cell]) -> Grid:
        """Tabulate what `page_counts.series_shown` counts, each column with its sum, which stands in the way too."""
        rows = tuple((phrasing.span(span, self.wording.lang), *self._counts(counts.values())) for span, counts in series)
        foot = (self._text("r.total"), *self._counts(way[name] for name in SERIES))
        columns = (self._text("r.time"), *(self._text(f"r.way.{name}") for name in SERIES))
        return Grid(self._caption("r.time.caption"), columns, rows, tuple(range(1, len(columns))), foot)

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
        names = {step.id: step.name for step in self._track.steps}
        rows = tuple(
            (
                sentence(_todo(one.kind, self.wording)),
                names.get(one.step, one.step) or self._text("r.whole"),
                sentence(phrasing.plain(one.role)),
                *self._counts([one.number]),
                phrasing.day(one.oldest, self.wording.lang) if one.oldest else self._text("r.mark.short"),
            )
            for one in late_shown(self._track, todos, self.as_of, self.figures)
        )
        columns = self._columns("overdue.what", "step", "overdue.role", "count", "overdue.oldest")
        return Grid(self._caption("r.overdue.caption"), columns, rows, (3,))

    def outcomes(self, cases: Sequence[CaseRecord], goals: Sequence[GoalMeasurement]) -> Grid:
        """Tabulate every exit in exactly one row, at exit and at each follow-up; every column sums to all exits.

        The `goals` are those that stand in the same output.
        """
        lang = self.wording.lang
        points = [None, *(one for one in self._track.follow_up if one is not None)]
        lines = [exits_at(cases, goals, self.as_of, at, self.figures) for at in enumerate(points)]
        rows = [(sentence(self._text(f"outcome.{name}")), *self._counts(line.counts[name] for line in lines)) for name in lines[0].counts]
        # The row for a day that has not come is left out where it is empty everywhere.
        if all(line.counts[NOT_YET] == 0 for line in lines):
            rows.pop()
        days = (self._text("r.after_exit", length=phrasing.length(one, lang)) if one else self._text("r.at_exit") for one in points)
        foot = (self._text("r.total"), *self._counts(line.total for line in lines))
        numbers = tuple(range(1, len(points) + 1))
        return Grid(self._text("r.outcomes.caption"), (self._text("r.outcome"), *days), tuple(rows), numbers, foot)

    def groups(self, goals: Sequence[GoalMeasurement]) -> Iterator[Grid]:
        """Tabulate each goal's share by group."""
        tables = groups_shown(goals, self._track, self.figures)
        for goal in goals:
            if goal.id in tables:
                rows = tuple(row for one in tables[goal.id] for row in self._group_rows(one))
                columns = self._columns("group", "share", "numerator", "denominator")
                yield Grid(self._text("r.groups.caption", goal=goal.name), columns, rows, (1, 2, 3))

    def _group_rows(self, one: GroupTable) -> Iterator[tuple[str, ...]]:
        title = self._text(f"by.{one.by}")
        if not one.rows:
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
        found = offers_shown(cases, self._track, self.as_of, self.figures)
        sex = self._text("by.sex")
        columns = (sex, self._text("r.offers.made"), *(self._text(f"fate.{fate}") for fate in OFFER_FATES))
        rows = [(f"{sex}: {self._text('r.groups.withheld')}",)] if found.withheld else []
        counted = [(_group("sex", name, self.wording), *self._counts(counts.values())) for name, counts in found.rows.items()]
        foot = (self._text("r.total"), *self._counts(found.total.values()))
        return Grid(self._text("r.offers.caption"), columns, (*rows, *counted), tuple(range(1, len(columns))), foot)

    def cost(self, cases: Sequence[CaseRecord]) -> list[tuple[str, str]]:
        """List intensity, duration and cost of those admitted (rule R50), as labels and values."""
        lang, found = self.wording.lang, spending_shown(cases, self.as_of, self.figures)
        if not found:
            return []
        hidden = self._text("r.mark.short")
        rows = [("participants", count_or_mark(found.participants, lang))]
        # What the track states none of has no row.
        rows += [
            (key, hidden if number is None else phrasing.one_decimal(number, lang))
            for key, number in (("weeks", found.weeks), ("hours", found.hours))
            if number != 0 or key == "weeks"
        ]
        for key, kronor in (("total", found.kronor), ("each", found.each)):
            if found.kronor != 0:
                rows.append((key, hidden if kronor is None else self._text("r.kronor", kronor=phrasing.number(kronor, lang))))
        return [(self._text(f"r.cost.{key}"), value) for key, value in rows]


def _todo(kind: str, wording: TrackWording) -> str:
    family, rest = TodoKind.parse(kind)
    lang = wording.lang
    text = message(f"todo.{family}", lang) if has(f"todo.{family}", lang) else phrasing.plain(family)
    if family == "follow_up" and rest:
        at = message("at.exit", lang) if rest == "exit" else message("at.length", lang, length=phrasing.length(length_of(rest), lang))
        return f"{text} {at}"
    return f"{text}: {wording.fact(rest)}" if family == "fact" and rest else text


def _group(by: str, name: str, wording: TrackWording) -> str:
    if name == "unknown":
        return sentence(message("group.unknown", wording.lang))
    if by == "employer":
        return wording.employer(name)
    return sentence(code(by, name, wording.lang)) if has(f"{by}.{name}", wording.lang) else phrasing.plain(name)
