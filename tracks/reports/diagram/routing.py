"""Lanes for lines that run side by side: down the chain, and round it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one row to a later one, along a lane."""

    start: int
    end: int
    lane: int


@dataclass(frozen=True, slots=True)
class Rails:
    """The lane of each row, the lines between rows, and how many lanes each row must leave free for lines that pass."""

    lanes: tuple[int, ...]
    edges: tuple[Edge, ...]
    clear: tuple[int, ...]


def route_chain(follow: Sequence[Sequence[int]]) -> Rails:
    """Find lanes for rows of which each leads to some later ones; no two lines share a lane at the same height."""
    waits: list[int | None] = []  # the row that the line in each lane leads to
    lanes, edges, clear = [], [], []
    for row, targets in enumerate(follow):
        ending = [lane for lane, target in enumerate(waits) if target == row]
        lane = min(ending, default=_free(waits))
        before = len(waits)
        for one in ending:
            waits[one] = None
        for n, target in enumerate(sorted(targets)):
            # The nearest goes straight down, so that the chain keeps to the left.
            along = lane if n == 0 else _free(waits, lane)
            waits += [None] * (along + 1 - len(waits))
            waits[along] = target
            edges.append(Edge(row, target, along))
        # Lanes that fall empty are given back, so that the cards below get their width.
        while waits and waits[-1] is None:
            waits.pop()
        lanes.append(lane)
        clear.append(max(before, len(waits), lane + 1))
    return Rails(tuple(lanes), tuple(edges), tuple(clear))


def _free(waits: Sequence[int | None], taken: int = -1) -> int:
    return next(lane for lane in range(len(waits) + 2) if lane != taken and (lane >= len(waits) or waits[lane] is None))


def assign_lanes(spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Assign each span (first and last row) the least lane in which it touches no other."""
    ends: list[list[tuple[int, int]]] = []
    found = []
    for first, last in spans:
        lane = next((n for n, lane in enumerate(ends) if all(last < a or b < first for a, b in lane)), len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append((first, last))
        found.append(lane)
    return tuple(found)
