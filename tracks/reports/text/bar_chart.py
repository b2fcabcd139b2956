"""A bar chart as plain places: bars in percent of the width, so that the text keeps its size on a small screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.privacy.cells import Cell

ROW: Final = 46
_FULL: Final = 82  # percent; the rest is room for the number


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label above and its number at its end; no bar where the number is hidden."""

    label: str
    number: str
    percent: int
    y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of bars from the top down; `hidden` when no number may be shown, `empty` when all are nought."""

    height: int
    bars: tuple[Bar, ...]
    hidden: bool = False
    empty: bool = False


def bar_chart(rows: Sequence[tuple[str, Cell, str]]) -> BarChart:
    """A chart of (label, count or None, the number as shown)."""
    most = max((count or 0 for _, count, _ in rows), default=0) or 1
    # Rounded up, so that a count which is not nought has a bar.
    placed = (Bar(label, shown, -(-_FULL * (count or 0) // most), n * ROW) for n, (label, count, shown) in enumerate(rows))
    return BarChart(len(rows) * ROW, tuple(placed), all(count is None for _, count, _ in rows), all(count == 0 for _, count, _ in rows))
