"""Did you mean: the known name that is nearest to a misspelt one."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 64
MOST: Final = 200


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The most similar known name, or None when nothing is near."""
    if len(written) > LONGEST:
        return None
    names = sorted({name for name in islice(known, MOST) if len(name) <= LONGEST})
    found = get_close_matches(written.casefold(), names, n=1, cutoff=0.6)
    return found[0] if found else None
