"""A number of people as it may be shown: a type that only the one decision over a whole output makes; hidden is None."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, final

from tracks.privacy.output_counts import hide_together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracks.privacy.output_counts import Key, KnownSum

_DOOR: Final = object()


@final
class Shown(int):
    """A number of people that may be shown. What is reckoned of it is a plain number again, which nothing shows."""

    __slots__ = ()

    def __new__(cls, count: int, door: object) -> Shown:
        """Make one; nobody but this module has what opens the door."""
        if door is not _DOOR:
            raise TypeError("what may be shown of people is decided by tracks.privacy.cells.decide alone")
        return super().__new__(cls, count)


Cell: TypeAlias = Shown | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OutputCells:
    """What is hidden of all counts of one output, as `decide` alone makes it."""

    door: InitVar[object]
    counts: Mapping[Key, int]
    hidden: frozenset[Key]

    def __post_init__(self, door: object) -> None:
        if door is not _DOOR:
            raise TypeError("the counts of an output are decided together by tracks.privacy.cells.decide alone")

    def cell(self, key: Key, count: int | None) -> Cell:
        """A count as it may be shown.

        Args:
            key: Which of the counts that were decided together; of one that was not only a nought is shown.
            count: The count as its own table has it. Where that hides one which everybody can work out it is shown all the same.

        """
        known = self.counts.get(key) if count is None else count
        may = key not in self.hidden and (key in self.counts or not known)
        return None if known is None or not may else Shown(known, _DOOR)


def decide(
    counts: Mapping[Key, int], hidden: Collection[Key], sums: Sequence[KnownSum], limit: int, unshown: Collection[Key] = ()
) -> OutputCells:
    """Decide what is shown of the counts of one output, all of them together.

    Args:
        counts: Every count of the output, by key.
        hidden: Those that their own tables hide.
        sums: How they hang together.
        limit: The least number of people that may be shown; 0 or 1 hides nothing.
        unshown: Those that stand in no table.

    """
    return OutputCells(door=_DOOR, counts=counts, hidden=hide_together(counts, hidden, sums, limit, unshown))


def added(cells: Iterable[Cell], of_nobody: int = 0) -> Cell:
    """The sum of counts that stand in one output, and of what is about nobody; hidden where one of them is."""
    found = list(cells)
    return None if None in found else Shown(sum(cell or 0 for cell in found) + of_nobody, _DOOR)
