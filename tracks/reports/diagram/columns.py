"""A tall picture divided into columns that stand side by side on a page, cut only where no card is cut through."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tracks.reports.diagram.shapes import PageColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

# How high a column of an upright A4 page is, in the units of the picture, where so many columns share its width.
_PAGE: Final = {1: 1000, 2: 1000, 3: 1500}
_MOST: Final = 4


def divide_into_columns(height: int, cuts: Sequence[int]) -> tuple[PageColumn, ...]:
    """Divide a picture into as few columns as fit on a page, as even as the places where it may be cut allow."""
    for count in range(1, _MOST):
        found = _divided(height, cuts, count)
        if max(column.height for column in found) <= _PAGE[count]:
            return found
    return _divided(height, cuts, _MOST)


def _divided(height: int, cuts: Sequence[int], count: int) -> tuple[PageColumn, ...]:
    """So many columns, or fewer; the highest of them as low as can be."""
    least, most = -(-height // count), height
    # More height never needs more columns, so the least that does is found by halving.
    while least < most:
        middle = (least + most) // 2
        if len(_filled(height, cuts, middle)) <= count:
            most = middle
        else:
            least = middle + 1
    return _filled(height, cuts, least)


def _filled(height: int, cuts: Sequence[int], most: int) -> tuple[PageColumn, ...]:
    """Columns filled one after another up to a height; one card that is higher stands alone."""
    edges = [0]
    for at, after in pairwise([*sorted(cuts), height]):
        if after - edges[-1] > most and at > edges[-1]:
            edges.append(at)
    return tuple(PageColumn(top, bottom) for top, bottom in pairwise([*edges, height]))
