"""TOML as the settings and the maps are written in it: the one place that reads it, within bounds, and tells where it is wrong."""

from __future__ import annotations

import re
from typing import Any, Final

# Where tomllib says that a text is wrong; only newer versions say it as numbers.
_PLACE: Final = re.compile(r"line (\d+), column (\d+)")
# Characters. The time that a key within keys within keys takes grows with the square of its length.
_LONGEST_LINE: Final = 4_000


class NotToml(Exception):
    """A text is no TOML at a row and column."""

    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        super().__init__()


def parse_toml(text: str) -> dict[str, Any]:
    """Parse a text in TOML. Raises NotToml, also for what is too deep or too long to be written by hand."""
    import tomllib

    if long := next((row for row, line in enumerate(text.split("\n"), 1) if len(line) > _LONGEST_LINE), 0):
        raise NotToml(long, _LONGEST_LINE + 1)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        place = _PLACE.search(str(fault))
        # At the end of the text it names no place, and of a number without end or brackets in brackets neither.
        raise NotToml(*(map(int, place.groups()) if place else (text.count("\n") + 1, 1))) from None
