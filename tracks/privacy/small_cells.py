"""Hiding of small counts, together with what would let a reader subtract them back.

A reader is taken to know the totals, the rule and that a hidden count is at least one. A count is safe when some other
number would fit everything that is shown.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LIMIT: Final = 5
_ALTERNATIVES: Final = 2  # with one hidden count, the total gives it away

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MaskedLine:
    """Counts with their total as they may be shown; None where hidden."""

    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by row and column with the totals of the rows; the totals of the columns are known elsewhere."""

    rows: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]
    withheld: bool = False


def small(count: int, limit: int = LIMIT) -> bool:
    """Whether a count is one of those that are hidden."""
    return 0 < count < limit


def shown(count: int, limit: int = LIMIT) -> int | None:
    """A count that stands alone."""
    return None if small(count, limit) else count


def mask_line(counts: Sequence[int], limit: int = LIMIT) -> MaskedLine:
    """Hide small counts in a line whose total is shown; the total too where nothing else protects them."""
    total = sum(counts)
    hidden = None if small(total, limit) else _hidden(counts, limit)
    if hidden is None:
        return MaskedLine((None,) * len(counts), None)
    return MaskedLine(tuple(None if i in hidden else count for i, count in enumerate(counts)), total)


def _hidden(counts: Sequence[int], limit: int) -> set[int] | None:
    """The positions to hide where the sum is known; None where the sum gives some away whatever is hidden."""
    hidden = {i for i, count in enumerate(counts) if small(count, limit)}
    while hidden and not _line_safe([counts[i] for i in hidden]):
        spare = [(count, i) for i, count in enumerate(counts) if count and i not in hidden]
        if not spare:
            return None
        hidden.add(min(spare)[1])
    return hidden


def _line_safe(hidden: Sequence[int]) -> bool:
    return len(hidden) >= _ALTERNATIVES and sum(hidden) > len(hidden)


def mask_parts(counts: Sequence[int], parts: Sequence[Collection[int]], limit: int = LIMIT) -> MaskedLine:
    """Hide small counts in a line of which the sums over `parts` (positions) are shown elsewhere too.

    Counts that stand in the same parts can only be told apart among themselves, so each such group is a line of its own.
    A group that cannot be made safe is hidden whole, zeros too: what its sum gives away stands elsewhere already.

    Args:
        counts: The counts of the line.
        parts: For each sum that is shown elsewhere the positions that it is of.
        limit: The least number of people that may be shown.

    Returns:
        The line, with what may be shown.

    """
    total = sum(counts)
    if small(total, limit):
        return MaskedLine((None,) * len(counts), None)
    groups: dict[tuple[bool, ...], list[int]] = {}
    for i in range(len(counts)):
        groups.setdefault(tuple(i in part for part in parts), []).append(i)
    result: list[int | None] = list(counts)
    for places in groups.values():
        hidden = _hidden([counts[i] for i in places], limit)
        for at in range(len(places)) if hidden is None else hidden:
            result[places[at]] = None
    return MaskedLine(tuple(result), total)


def mask_table(rows: Sequence[Sequence[int]], limit: int = LIMIT) -> Table:
    """Hide small counts in a table of which the column totals are shown, or withhold it whole.

    Rows whose total is hidden are hidden whole. Together they are one more row, because subtraction gives their sum.
    """
    totals = mask_line([sum(row) for row in rows], limit)
    nothing = Table(tuple((None,) * len(row) for row in rows), (None,) * len(rows), withheld=True)
    if totals.total is None or any(small(sum(column), limit) for column in zip(*rows, strict=True)):
        return nothing
    open_rows = [i for i, total in enumerate(totals.counts) if total is not None]
    pooled = [rows[i] for i, total in enumerate(totals.counts) if total is None]
    block = [tuple(rows[i]) for i in open_rows] + ([tuple(map(sum, zip(*pooled, strict=True)))] if pooled else [])
    hidden = _protect(block, limit)
    if hidden is None:
        return nothing
    result = list(nothing.rows)
    for at, i in enumerate(open_rows):
        result[i] = tuple(None if (at, c) in hidden else count for c, count in enumerate(rows[i]))
    return Table(tuple(result), totals.counts)


def _protect(block: Sequence[Sequence[int]], limit: int) -> frozenset[Cell] | None:
    """The cells to hide, or None where the totals would give some away whatever is hidden."""
    hidden = {(r, c) for r, row in enumerate(block) for c, count in enumerate(row) if small(count, limit)}
    while unsafe := next((cell for cell in sorted(hidden) if not _cell_safe(block, hidden, cell)), None):
        spare = list(_spare(block, hidden, unsafe)) or list(_spare(block, hidden, None))
        if not spare:
            return None
        hidden.add(min(spare)[1])
    return frozenset(hidden)


def _spare(block: Sequence[Sequence[int]], hidden: set[Cell], near: Cell | None) -> Iterator[tuple[int, Cell]]:
    for r, row in enumerate(block):
        for c, count in enumerate(row):
            if count and (r, c) not in hidden and (near is None or r == near[0] or c == near[1]):
                yield count, (r, c)


def _cell_safe(block: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> bool:
    """Whether the cell could be one more or one less, all totals unchanged and all hidden cells at least one."""
    lowerable = {(r, c) for r, c in hidden if block[r][c] > 1}
    others = hidden - {cell}
    up = _reaches(cell, lowerable - {cell}, others)
    return up or (cell in lowerable and _reaches(cell, others, lowerable - {cell}))


def _reaches(cell: Cell, along: set[Cell], back: set[Cell]) -> bool:
    """Whether the change in the cell's row can be passed on to its column: rows to columns `along`, columns to rows `back`."""
    row, column = cell
    waiting, seen = deque([row]), {row}
    while waiting:
        here = waiting.popleft()
        for c in (c for r, c in along if r == here):
            if c == column:
                return True
            new = {r for r, other in back if other == c} - seen
            seen |= new
            waiting.extend(sorted(new))
    return False
