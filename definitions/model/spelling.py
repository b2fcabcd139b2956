"""Finds the known name that is nearest to a misspelt one, for "did you mean"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 64
# At most one letter in three may be wrong, and so many in all.
MOST_SLIPS: Final = 4
# Names with much the same letters are compared letter by letter, up to so many letters; no track written by hand has as many.
MOST_COMPARED: Final = 600
_ACCENTS: Final = dict.fromkeys(range(0x300, 0x370))


def nearest(written: str, known: Iterable[str], most_compared: int = MOST_COMPARED) -> str | None:
    """Find the known name that differs in case, accents or signs only, else the one with the fewest slips; None when none is near.

    Args:
        written: The name as written.
        known: The names that there are.
        most_compared: How many letters are compared one by one; where a file says the names, there may be very many.

    """
    if not 0 < len(written) <= LONGEST:
        return None
    wanted = folded(written)
    letters, most, compared = set(wanted), min((len(wanted) + 1) // 3, MOST_SLIPS), 0
    best = None
    for name in known:
        other = folded(name) if len(name) <= LONGEST else ""
        if wanted == other:
            return name
        if compared < most_compared and len(letters ^ set(other)) <= 2 * most + 2 and abs(len(wanted) - len(other)) <= most:
            compared += len(other)
            slips = _slips(wanted, other, most + 1)
            if slips <= most:
                best, most = name, slips - 1
    return best


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name without case, accents, and the signs that are easily mixed up."""
    plain = name if name.isascii() else normalize("NFD", name).translate(_ACCENTS)
    return plain.casefold().replace(" ", "_").replace("-", "_")


def _slips(one: str, other: str, most: int) -> int:
    """Count how many letters are wrong, missing, extra or swapped with their neighbour; `most` where there are as many or more."""
    before: list[int] = []
    row = [min(m, most) for m in range(len(other) + 1)]
    for n, letter in enumerate(one):
        older, before, row = before, row, [most] * (len(other) + 1)
        if n < most:
            row[0] = n + 1
        for m in range(max(0, n - most), min(len(other), n + most + 1)):
            slips = min(before[m] + (letter != other[m]), before[m + 1] + 1, row[m] + 1)
            if n and m and letter == other[m - 1] and one[n - 1] == other[m]:
                slips = min(slips, older[m - 1] + 1)
            row[m + 1] = slips
        if min(row) >= most:
            return most
    return min(row[-1], most)
