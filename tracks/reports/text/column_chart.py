"""A chart of columns over time as plain places: in percent of the width, so that the text keeps its size on a small screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracks.privacy.cells import Cell
    from tracks.reports.measures.series import TimeSpan

HEIGHT: Final = 160  # of the tallest column
_TOP: Final = 18  # for the number on the tallest
_FILLED: Final = 0.8  # of the room of a span; the rest parts it from the next


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column: `kind` is which series it is of, `x` and `width` are percent of the chart, `y` and `height` are points."""

    kind: int
    x: float
    width: float
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class SpanLabel:
    """What stands under the columns of a span: the quarter, and the year where it begins."""

    x: float
    quarter: str
    year: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns side by side by span of time; `top` is the tallest count, `hidden` when no number may be shown."""

    height: int
    top: int
    columns: tuple[ChartColumn, ...]
    labels: tuple[SpanLabel, ...]
    hidden: bool


def column_chart(rows: Sequence[tuple[TimeSpan, Mapping[str, Cell]]]) -> ColumnChart:
    """A chart of the counts of some series by span; no column where a count is hidden."""
    most = max((count or 0 for _, counts in rows for count in counts.values()), default=0)
    room = 100 / max(len(rows), 1)
    columns, labels = [], []
    for at, (span, counts) in enumerate(rows):
        width = room * _FILLED / max(len(counts), 1)
        for kind, count in enumerate(counts.values()):
            if count:
                # Rounded up, so that a count which is not nought has a column.
                tall = -(-HEIGHT * count // most)
                columns.append(ChartColumn(kind, round(at * room + kind * width, 2), round(width, 2), _TOP + HEIGHT - tall, tall))
        begins = at == 0 or rows[at - 1][0].year != span.year
        # Of whole years the year is all that there is to say.
        labels.append(SpanLabel(round(at * room, 2), str(span.quarter) if span.quarter else "", str(span.year) if begins else ""))
    return ColumnChart(_TOP + HEIGHT, most, tuple(columns), tuple(labels), not most)
