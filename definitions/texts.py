"""Everything shown to a person is said from a catalogue that holds it in Swedish and in English."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def say(texts: Mapping[str, Mapping[str, str]], key: str, lang: str, /, **values: Any) -> str:
    """The text of a key in a language, with its values filled in."""
    return _COUNTING.vformat(texts[key][lang], (), values)


class _Counting(Formatter):
    """`{files:fil|filer}` is `1 fil`, `2 filer`; all else is as in any format."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, of_several, several = format_spec.partition("|")
        if of_several:
            return f"{value} {one if value == 1 else several}"
        return str(super().format_field(value, format_spec))


_COUNTING: Final = _Counting()
