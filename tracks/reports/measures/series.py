"""People over time: how many were admitted, left, and were in work as they left, by quarter, or by year where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.engine.context.situation import WORK
from tracks.privacy.small_cells import mask_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from tracks.reports.measures.population import CaseRecord

# In the order shown. Whoever is counted in the last is counted in the one before.
SERIES: Final = ("admitted", "left", "work")
_MOST_QUARTERS: Final = 12
_MONTHS: Final = 3


class TimeSpan(NamedTuple):
    """A quarter of a year, from 1 to 4; 0 is the whole year."""

    year: int
    quarter: int

    def __str__(self) -> str:
        """The span as ISO 8601-2 has it: `2026-Q3`, or the year alone."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)


class SpanCounts(NamedTuple):
    """What happened in one span: how many of each of `SERIES`."""

    span: TimeSpan
    counts: tuple[int, ...]


def in_work(case: CaseRecord) -> bool:
    """Whether somebody was in work on the day she left, with support or without."""
    return case.exit is not None and case.outcome(case.exit) in WORK


def series_rows(cases: Iterable[CaseRecord], counted: Iterable[CaseRecord], day: date) -> tuple[SpanCounts, ...]:
    """Count admissions and exits by span, from the first admission to a day; nothing where nobody was admitted.

    Args:
        cases: The enrolments, for who was admitted.
        counted: The cases whose exits count; in a programme a transfer within it is no exit.
        day: The day that the counts are as of.

    Returns:
        Every span, also those in which nothing happened, the earliest first.

    """
    admitted = [case.admitted for case in cases if case.admitted and case.admitted <= day]
    gone = [(case.exit, in_work(case)) for case in counted if case.exit and case.exit <= day]
    if not admitted:
        return ()
    span_of = _spans(min([*admitted, *(left for left, _ in gone)]), day)
    found = {span: [0] * len(SERIES) for span in _all_spans(min(admitted), day, span_of)}
    for when in admitted:
        found[span_of(when)][0] += 1
    for when, working in gone:
        row = found[span_of(when)]
        row[1] += 1
        row[2] += working
    return tuple(SpanCounts(span, tuple(row)) for span, row in found.items())


def masked_series(rows: Sequence[SpanCounts], limit: int) -> list[tuple[TimeSpan, tuple[int | None, ...]]]:
    """The same as it may be shown, each series as a line with its total."""
    lines = [mask_line([row.counts[n] for row in rows], limit).counts for n in range(len(SERIES))]
    return [(row.span, tuple(line[at] for line in lines)) for at, row in enumerate(rows)]


def _spans(first: date, last: date) -> Callable[[date], TimeSpan]:
    many = _ordinal(last) - _ordinal(first) >= _MOST_QUARTERS
    return lambda when: TimeSpan(when.year, 0 if many else _quarter(when))


def _all_spans(first: date, last: date, span_of: Callable[[date], TimeSpan]) -> list[TimeSpan]:
    days = [first.replace(year=n // 4, month=n % 4 * _MONTHS + 1, day=1) for n in range(_ordinal(first), _ordinal(last) + 1)]
    return list(dict.fromkeys(span_of(when) for when in days))


def _ordinal(when: date) -> int:
    return when.year * 4 + _quarter(when) - 1


def _quarter(when: date) -> int:
    return (when.month - 1) // _MONTHS + 1
