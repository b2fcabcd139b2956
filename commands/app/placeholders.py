"""What a line of the worklist leaves open: a word in capitals is no answer, so whoever types the line as it stands is asked for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from commands.runtime.texts import has, message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_LANGS: Final = ("sv", "en")
_NAMES: Final = (
    "STEP", "EMPLOYER", "RESULT", "TRANSFER", "REASON", "OUTCOME", "DATE", "VALUE", "REF", "TRACK", "NAME", "INTO", "ROLE", "CHANNEL",
    "KEY", "LENGTH", "NUMBER", "TIME", "TEXT", "RULE", "POINT", "ACTION", "PHASE", "TYPE",
)  # fmt: skip
OPTIONS: Final = ("--reason", "--outcome", "--to")
# Longer lists of values than this would hide the rest of the line.
_LONGEST: Final = 60
YES_OR_NO: Final = ("yes", "no")


def without_placeholders(given: Sequence[str], asked: Collection[str]) -> list[str]:
    """Leave out what a line of the worklist left open: `--reason REASON` goes as a whole; `car=VALUE` is left to `parse_pairs`.

    `asked` is what the command asks for, as its help names it in English.
    """
    kept: list[str] = []
    for word in given:
        before = kept[-1] if kept else ""
        # The option goes with its placeholder, so that Typer finds it missing and asks.
        if before in OPTIONS and is_open(word, asked):
            kept.pop()
        elif before.startswith("-") or not is_open(word, asked):
            kept.append(word)
    return kept


def is_open(word: str, asked: Collection[str]) -> bool:
    """Whether a word stands for what is to be filled in; the texts of both languages are read only for one that could."""
    return ("/" in word or word.isupper()) and _open_words().get(normalize("NFC", word)) in asked


@cache
def _open_words() -> Mapping[str, str]:
    """The placeholders of both languages, each with what it stands for."""
    found: dict[str, str] = {}
    for lang in _LANGS:
        found |= {message(f"metavar.{name}", lang): name for name in _NAMES if has(f"metavar.{name}", lang)}
        found |= {name: name for name in _NAMES}
        found |= {message(f"open.{form}", lang): "VALUE" for form in ("yes_or_no", "date", "number")}
    return found


def value_placeholder(choices: Sequence[str], of_type: str, lang: str) -> str:
    """Choose what stands in the place of a fact's value: its choices where they are known and few, else the form that it has.

    Args:
        choices: the values that it may have, where they are declared.
        of_type: the type of the fact; empty where it is not known.
        lang: the language of the line.

    """
    if of_type in ("date", "number"):
        return message(f"open.{of_type}", lang)
    if tuple(choices) == YES_OR_NO:
        return message("open.yes_or_no", lang)
    listed = "/".join(choices)
    plain = len(listed) <= _LONGEST and all(one.isalnum() for one in listed.replace("_", "").replace("-", "").split("/"))
    return listed if plain else message("metavar.VALUE", lang)
