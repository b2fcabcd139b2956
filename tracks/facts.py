"""Values of facts as people give them, checked by the type that the track declares."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from definitions.vocabulary import BUILT_IN, SCHOOLING, SEX
from tracks import refusals as no

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model import Fact
    from tracks.view import View

_YES: Final = {"yes": True, "ja": True, "true": True, "no": False, "nej": False, "false": False}
MONTH: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_NUMBER: Final = re.compile(r"-?\d{1,12}")
# Built-in facts that a person may state; the others follow from events or from the month of birth.
_STATED: Final[Mapping[str, Mapping[str, str] | None]] = {"sex": SEX, "schooling": SCHOOLING, "born_abroad": None}
_ENGLISH: Final = {swedish: english for english, swedish in BUILT_IN.items()}


def checked_facts(view: View, said: Mapping[str, Any], track: str) -> dict[str, Any]:
    """The facts as JSON values. Raises UnknownFact or BadValue."""
    return dict(_checked(view.own.track.facts, said, track))


def _checked(declared: Mapping[str, Fact], said: Mapping[str, Any], track: str) -> Iterator[tuple[str, Any]]:
    for given, value in said.items():
        name = given if given in declared else _ENGLISH.get(given, given)
        if name in declared:
            yield name, _value(declared[name], name, value)
        elif name in _STATED:
            yield name, _built_in(name, value)
        else:
            raise no.UnknownFact(track=track, fact=given, facts=", ".join([*declared, *_STATED]))


def _built_in(name: str, value: Any) -> Any:
    words = _STATED[name]
    if words is None:
        return yes_or_no(name, value)
    english = {swedish: code for code, swedish in words.items()}
    code = english.get(str(value), str(value))
    if code not in words:
        raise no.BadValue(fact=name, value=value, expected=", ".join([*words, *words.values()]))
    return code


def yes_or_no(name: str, value: Any) -> bool:
    """Yes or no as people write it in either language. Raises BadValue."""
    if isinstance(value, bool):
        return value
    if str(value).lower() not in _YES:
        raise no.BadValue(fact=name, value=value, expected="yes/no (ja/nej)")
    return _YES[str(value).lower()]


def _value(fact: Fact, name: str, value: Any) -> Any:
    if fact.type == "yes/no":
        return yes_or_no(name, value)
    text = str(value)
    if fact.type == "number":
        if not _NUMBER.fullmatch(text):
            raise no.BadValue(fact=name, value=value, expected="0, 1, 2 …")
        return int(text)
    if fact.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise no.BadValue(fact=name, value=value, expected="YYYY-MM-DD") from None
    if text not in fact.choices:
        raise no.BadValue(fact=name, value=value, expected=", ".join(fact.choices))
    return text
