"""Hiding of small counts over all tables of one output: no sum that a reader can form gives a hidden one away.

Each table hides what it must by itself (`small_cells`); here all of them meet. A reader is taken to know how the tables hang together:
which counts are the sum of which. A small count is safe when those sums, with all that is shown, leave it open.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tracks.privacy.small_cells import small

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Key = tuple[str, ...]
_Row = dict[Key, Fraction]


class KnownSum(NamedTuple):
    """A count that is the sum of others. One that no table shows may stand among them, as the total too: nobody knows it."""

    total: Key
    parts: tuple[Key, ...]


def hide_together(counts: Mapping[Key, int], hidden: Collection[Key], sums: Sequence[KnownSum], limit: int) -> frozenset[Key]:
    """Find everything that must be hidden so that no small count can be worked out from what is shown.

    Args:
        counts: Every count of the output, by key.
        hidden: Those that their own tables hide.
        sums: How they hang together.
        limit: The least number of people that may be shown; 0 or 1 hides nothing.

    Returns:
        The keys of the counts to hide.

    """
    secret = {key for key, count in counts.items() if small(count, limit)}
    found = set(hidden) | secret
    # Each turn hides one more, so it ends; hidden whole, no sum tells anything.
    while given := _given_away(counts, found, sums, secret):
        shown = {key for key, count in counts.items() if count and key not in found}
        if not (spare := _near(given, shown, sums)):
            break
        found.add(min((counts[key], key) for key in spare)[1])
    return frozenset(found)


def _given_away(counts: Mapping[Key, int], hidden: Collection[Key], sums: Sequence[KnownSum], secret: Collection[Key]) -> Key | None:
    """The first small count that a reader could work out, if there is one."""
    alone = {next(iter(row)) for row in _solved(_open_part(one, counts, hidden) for one in sums) if len(row) == 1}
    least = (key for one in sums for key in _at_least(one, counts, hidden))
    return min((key for key in (*alone, *least) if key in secret), default=None)


def _open_part(one: KnownSum, counts: Mapping[Key, int], hidden: Collection[Key]) -> _Row:
    row: _Row = {}
    for key, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
        if key in hidden or key not in counts:
            row[key] = row.get(key, Fraction(0)) + sign
    return {key: value for key, value in row.items() if value}


def _solved(rows: Iterable[_Row]) -> list[_Row]:
    """The reduced echelon form: what is known of one count alone stands in a row of its own."""
    done: dict[Key, _Row] = {}
    for given in rows:
        row = dict(given)
        for pivot, other in done.items():
            _take(row, pivot, other)
        if row:
            pivot = min(row)
            row = {key: value / row[pivot] for key, value in row.items()}
            for other in done.values():
                _take(other, pivot, row)
            done[pivot] = row
    return list(done.values())


def _take(row: _Row, pivot: Key, other: _Row) -> None:
    """Subtract another row, so that its pivot is left out of this one."""
    times = row.get(pivot)
    for key, value in other.items() if times else ():
        left = row.get(key, Fraction(0)) - (times or 0) * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _at_least(one: KnownSum, counts: Mapping[Key, int], hidden: Collection[Key]) -> Iterator[Key]:
    """The hidden parts of a shown sum that can only be one each, because every hidden count is known to be at least one."""
    if one.total in hidden or any(key not in counts for key in (one.total, *one.parts)):
        return
    parts = [part for part in one.parts if part in hidden]
    if parts and all(counts[part] == 1 for part in parts):
        yield from parts


def _near(key: Key, shown: Collection[Key], sums: Sequence[KnownSum]) -> set[Key]:
    """The shown counts in the sums of a hidden one; where there are none, in those that hang together with it."""
    reached, seen = {key}, set[int]()
    while new := [n for n, one in enumerate(sums) if n not in seen and reached & {one.total, *one.parts}]:
        seen.update(new)
        keys = {each for n in new for each in (sums[n].total, *sums[n].parts)}
        if found := keys & set(shown):
            return found
        reached |= keys
    return set()
