"""Hiding of small counts over all tables of one output: no sum that a reader can form gives a hidden one away.

Each table hides what it must by itself (`small_cells`); here all of them meet. A reader is taken to know how the tables hang together,
which counts are the sum of which, and that what is hidden is at least one. A hidden count is safe when another number would fit all that is
shown: such a number is looked for, and where none is found more is hidden.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.privacy.small_cells import small

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Key = tuple[str, ...]
# Where a search has tried so many counts, the one that it is for is taken to be unsafe: more is hidden than must be, and never less.
_TRIES: Final = 1_000


class KnownSum(NamedTuple):
    """A count that is the sum of others. One that no table shows may stand among them, as the total too: nobody knows it."""

    total: Key
    parts: tuple[Key, ...]


def hide_together(
    counts: Mapping[Key, int], hidden: Collection[Key], sums: Sequence[KnownSum], limit: int, unshown: Collection[Key] = ()
) -> frozenset[Key]:
    """Find everything that must be hidden so that no hidden count can be worked out from what is shown.

    Args:
        counts: Every count of the output, by key.
        hidden: Those that their own tables hide.
        sums: How they hang together.
        limit: The least number of people that may be shown; 0 or 1 hides nothing.
        unshown: Those that stand in no table, so that nothing has to be hidden for them; a reader knows only that none is below nought.

    Returns:
        The keys of the counts to hide.

    """
    if limit <= 1:
        return frozenset(hidden)
    asked = [key for key in counts if counts[key] and key not in unshown]
    found = set(hidden) | {key for key, count in counts.items() if small(count, limit)}
    reader = _Onlooker(counts, found, sums)
    few = [key for key in asked if small(counts[key], limit)]
    _hide_more(reader, found, few)
    # What a reader knows all the same would be hidden only for show: a nought, or the many that others that are shown add up to.
    known = {key for key in found if key not in unshown and not small(counts.get(key, 0), limit) and not reader.doubts(key)}
    plain = _if_safe(_Onlooker(counts, found - known, sums), asked)
    if plain is not None:
        return plain
    # A search that was given up takes for known what is not, so all that is hidden is kept from the reader.
    _hide_more(reader, found, asked)
    noughts = {key for key in found if counts.get(key) == 0 and key not in unshown and not reader.doubts(key)}
    return _if_safe(_Onlooker(counts, found - noughts, sums), asked) or frozenset(found)


def _hide_more(reader: _Onlooker, found: set[Key], asked: Iterable[Key]) -> None:
    """Hide more until none of the hidden ones that are asked about can be worked out; what is added is asked about too."""
    waiting = deque(sorted(key for key in asked if key in found))
    while waiting:
        key = waiting[0]
        # What is safe stays so when more is hidden, so each is looked at until it is, and those that are added after it.
        spare = () if reader.doubts(key) else reader.near(key)
        if spare:
            more = min((reader.counts[one], one) for one in spare)[1]
            found.add(more)
            waiting.append(more)
        else:
            waiting.popleft()


def _if_safe(reader: _Onlooker, asked: Iterable[Key]) -> frozenset[Key] | None:
    """What is hidden, if a reader is in doubt about all of it."""
    hidden = frozenset(reader.hidden)
    return hidden if all(reader.doubts(key) for key in asked if key in hidden) else None


@dataclass(slots=True)
class _Onlooker:
    """Somebody who knows all that is shown and how it hangs together; `hidden` grows while she is asked."""

    counts: Mapping[Key, int]
    hidden: Collection[Key]
    sums: Sequence[KnownSum]
    _of: dict[Key, list[int]] = field(default_factory=dict)
    _signs: list[dict[Key, int]] = field(default_factory=list)
    _open: dict[tuple[int, int], list[Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for n, one in enumerate(self.sums):
            signs: dict[Key, int] = {one.total: -1}
            for part in one.parts:
                signs[part] = signs.get(part, 0) + 1
            self._signs.append({key: sign for key, sign in signs.items() if sign})
            for key in self._signs[-1]:
                self._of.setdefault(key, []).append(n)

    def doubts(self, key: Key) -> bool:
        """Whether another number than the right one would fit all that is shown."""
        # Noughts are hidden too where a table is hidden whole, so whoever asks for one cannot take the others to be at least one.
        least = 1 if self.counts[key] else 0
        return any(_Search(self, least).fits(key, change) for change in (1, -1))

    def near(self, key: Key) -> set[Key]:
        """The shown counts in the sums of a hidden one; where there are none, in those that hang together with it."""
        reached, seen = {key}, set[int]()
        while new := {n for one in reached for n in self._of.get(one, ())} - seen:
            seen |= new
            keys = {one for n in new for one in self._signs[n]}
            if found := {one for one in keys if self.counts.get(one) and one not in self.hidden}:
                return found
            reached |= keys
        return set()

    def may_be(self, key: Key, count: int, least: int) -> bool:
        """Whether a count could be another number, as far as a reader knows it alone."""
        return key not in self.counts or (key in self.hidden and count >= min(self.counts[key], least))

    def balanced_by(self, n: int, key: Key) -> int:
        """How often a count stands in a sum; below nought where it is the total."""
        return self._signs[n][key]

    def sums_of(self, key: Key) -> Sequence[int]:
        """The sums that a count stands in."""
        return self._of.get(key, ())

    def in_sum(self, n: int) -> Sequence[Key]:
        """The counts of a sum that a reader does not know, those first that stand in few others."""
        if (n, len(self.hidden)) not in self._open:
            unknown = (key for key in self._signs[n] if key not in self.counts or key in self.hidden)
            self._open[n, len(self.hidden)] = sorted(unknown, key=lambda key: (key in self.counts, len(self._of[key]), key))
        return self._open[n, len(self.hidden)]


@dataclass(slots=True)
class _Search:
    """Looks for other numbers that fit: one count is changed, and each sum that is then wrong is put right by another of its counts."""

    reader: _Onlooker
    least: int
    _changes: dict[Key, int] = field(default_factory=dict)
    _off: dict[int, int] = field(default_factory=dict)
    _left: int = _TRIES

    def fits(self, key: Key, change: int) -> bool:
        """Whether the count could be changed, with whatever else it takes."""
        return self.reader.may_be(key, self.reader.counts[key] + change, self.least) and self._put(key, change)

    def _put(self, key: Key, change: int) -> bool:
        self._left -= 1
        self._changes[key] = change
        self._shift(key, change)
        # The sum that the fewest counts can put right comes first: what cannot be is seen at once.
        ways = min(map(self._ways, self._off), key=len, default=None)
        if ways is None or (self._left > 0 and any(self._put(*way) for way in ways if self._left > 0)):
            return True
        self._shift(key, -change)
        del self._changes[key]
        return False

    def _ways(self, wrong: int) -> list[tuple[Key, int]]:
        """The counts that can put a sum right, each with its change."""
        off, found = self._off[wrong], []
        for key in self.reader.in_sum(wrong):
            change, rest = divmod(-off, self.reader.balanced_by(wrong, key))
            if not rest and key not in self._changes and self.reader.may_be(key, self.reader.counts.get(key, 0) + change, self.least):
                found.append((key, change))
        return found

    def _shift(self, key: Key, change: int) -> None:
        for n in self.reader.sums_of(key):
            off = self._off.pop(n, 0) + change * self.reader.balanced_by(n, key)
            if off:
                self._off[n] = off
