"""Parses the values of facts as people give them: which fact a name means, and the value of its type."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from definitions.model.calendar import written_day
from definitions.model.track import Fact
from definitions.model.vocabulary import BUILT_IN, SCHOOLING, SEX

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTH: Final = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_YES: Final = {"yes": True, "ja": True, "true": True, "no": False, "nej": False, "false": False}
_NUMBER: Final = re.compile(r"-?\d{1,12}")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {"sex": SEX, "schooling": SCHOOLING}
# Built-in facts that a person may state; the others follow from events or from the month of birth.
STATED: Final[Mapping[str, Fact]] = MappingProxyType({
    **{name: Fact(id=name, type="choice", choices=tuple(words)) for name, words in _WORDS.items()},
    "born_abroad": Fact(id="born_abroad", type="yes/no"),
})  # fmt: skip
_ENGLISH: Final = {swedish: english for english, swedish in BUILT_IN.items()}


def find_fact(declared: Mapping[str, Fact], written: str) -> Fact | None:
    """Find the fact of a track, or the built-in one in either language, that a name means."""
    return declared.get(written) or STATED.get(_ENGLISH.get(written, written))


def parse_fact_value(fact: Fact, said: Any) -> Any | None:
    """Parse a value as event data holds it; None where it is not one of this fact."""
    if fact.type == "yes/no":
        return said if isinstance(said, bool) else _YES.get(str(said).lower())
    text = str(said)
    if fact.type == "number":
        return int(text) if _NUMBER.fullmatch(text) else None
    if fact.type == "date":
        return _day(text)
    words = {swedish: code for code, swedish in _WORDS[fact.id].items()} if STATED.get(fact.id) is fact else {}
    meant = words.get(text, text)
    return meant if meant in fact.choices else None


def admitted_value(declared: Mapping[str, Fact], name: str, stored: Any) -> Any | None:
    """Read a fact's stored value as a track declares the fact: None, unknown, where it is none of that type or of those choices (R47).

    A value was said to the version of its day, and another version may declare the fact otherwise. What no track declares, such as the
    employer, is of the engine's own making.

    Args:
        declared: The facts of the version that asks, by id.
        name: The fact asked about, by its id.
        stored: The value as event data holds it.

    Returns:
        The value, unchanged.

    """
    fact = declared.get(name) or STATED.get(name)
    return stored if stored is None or fact is None or admits(fact, stored) else None


def admits(fact: Fact, stored: Any) -> bool:
    """Say whether a value, as event data holds it, is one of a fact: nothing is converted."""
    # Yes counts as a whole number in Python, and may not here.
    if isinstance(stored, bool) or fact.type == "yes/no":
        return isinstance(stored, bool) and fact.type == "yes/no"
    if fact.type == "number":
        return isinstance(stored, int)
    if not isinstance(stored, str):
        return False
    return stored in fact.choices if fact.type == "choice" else _day(stored) == stored


def _day(text: str) -> str | None:
    try:
        return written_day(text).isoformat()
    except ValueError:
        return None


def describe_fact_values(fact: Fact) -> str:
    """Describe what values a fact takes."""
    if fact.type == "choice":
        words = _WORDS[fact.id].values() if STATED.get(fact.id) is fact else ()
        return ", ".join([*fact.choices, *words])
    return {"yes/no": "yes/no (ja/nej)", "number": "0, 1, 2 …", "date": "YYYY-MM-DD"}[fact.type]
