"""What a line of the worklist leaves open: a word in capitals is no answer, so whoever types the line as it stands is asked for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from commands.texts import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGS: Final = ("sv", "en")
_OPTIONS: Final = ("--reason", "--outcome", "--to")
# Longer lists of values than this would hide the rest of the line.
_LONGEST: Final = 24
YES_OR_NO: Final = ("yes", "no")


def without_open(given: Sequence[str]) -> list[str]:
    """What was typed without what was left open: `--reason REASON` goes as a whole, and of `car=VALUE` the name stays."""
    kept: list[str] = []
    for word in given:
        before = kept[-1] if kept else ""
        if word in _words() and before in _OPTIONS:
            kept.pop()
        elif word not in _words() or before.startswith("-"):
            name, equals, value = word.partition("=")
            kept.append(name if equals and before == "--fact" and value in _values() else word)
    return kept


def value_shown(choices: Sequence[str], lang: str) -> str:
    """What stands in the place of the value of a fact: its choices where they are known and few, else a word in capitals."""
    if tuple(choices) == YES_OR_NO:
        return tell("open.yes_or_no", lang)
    listed = "/".join(choices)
    plain = len(listed) <= _LONGEST and all(one.isalnum() for one in listed.replace("_", "").split("/"))
    return listed if plain else tell("metavar.VALUE", lang)


@cache
def _words() -> frozenset[str]:
    names = ("STEP", "EMPLOYER", "RESULT", "TRANSFER", "REASON", "OUTCOME", "DATE")
    return frozenset(word for lang in _LANGS for word in (tell("open.action", lang), *(tell(f"metavar.{name}", lang) for name in names)))


@cache
def _values() -> frozenset[str]:
    return frozenset(tell(key, lang) for lang in _LANGS for key in ("metavar.VALUE", "open.yes_or_no"))
