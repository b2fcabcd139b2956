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
# Half a word must be so long that it can be meant for one.
SHORTEST_HALF: Final = 2
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


def half_or_turned(written: str, known: Iterable[str]) -> list[str]:
    """Find the known names that a word is the beginning of, or whose parts it has in another order, or whose end it is.

    Args:
        written: The name as written.
        known: The names that there are.

    Returns:
        The names, those that it begins first; none for a word that is too short to be half of one.

    """
    half = folded(written)
    if not SHORTEST_HALF <= len(half) <= LONGEST:
        return []
    names = [(name, folded(name)) for name in known if len(name) <= LONGEST]
    begun = [name for name, other in names if other.startswith(half) and other != half]
    parts = sorted(half.split("_"))
    # `list-work` and `listwork` are `worklist` turned round.
    plain = "".join(half.split("_"))
    turned = [name for name, other in names if _turned(other, half, parts, plain)]
    ended = [name for name, other in names if len(half) > SHORTEST_HALF + 1 and other.endswith(half) and other != half]
    return [*dict.fromkeys([*begun, *turned, *ended])]


def _turned(other: str, half: str, parts: list[str], plain: str) -> bool:
    whole = other.replace("_", "")
    if len(whole) != len(plain) or other == half:
        return False
    return sorted(other.split("_")) == parts or (len(plain) > 2 * SHORTEST_HALF + 1 and plain in whole + whole)


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
