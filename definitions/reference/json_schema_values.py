"""Single values as JSON Schema. An editor reads `12` as a number, the loader as text, so both are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.parsing.fields import MAX_NAME, MAX_TEXT
from definitions.parsing.quantities import MOST, MOST_HOURS
from definitions.parsing.steps import MOST_TIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Schema = dict[str, Any]
ID: Final = "^[a-z0-9åäö_-]{1,64}$"
_UNITS: Final = "|".join(sorted((unit.replace(" ", r"\s+") for unit in v.UNITS), key=len, reverse=True))
_LENGTH: Final = rf"[0-9]+\s+({_UNITS})"
_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ANCHOR: Final = rf"({'|'.join([*v.ANCHORS, *v.ANCHORS.values()])}|(start|end|slut)\s+(of|på)\s+\S+)"
_POINT: Final = rf"({_LENGTH}\s+(after|before|efter|före)\s+)?{_ANCHOR}"
_SCALAR: Final = ["string", "number", "boolean"]


def enum(form: str, table: Mapping[str, str], lang: v.Lang) -> Schema:
    """Build the schema of one word of a table.

    Args:
        form: The form of the value; a few take further words.
        table: The words, Swedish by English.
        lang: The language whose words come first.

    """
    more = v.STEP_TYPE_SYNONYMS if form == "step_type" else v.GROUND_SYNONYMS if form == "ground" else ()
    return {"enum": list(dict.fromkeys([*_words(table, lang), *more]))}


def _words(table: Mapping[str, str], lang: v.Lang) -> Iterable[str]:
    other: v.Lang = "en" if lang == "sv" else "sv"
    return dict.fromkeys([*v.words(table, lang), *v.words(table, other)])


def _text(pattern: str) -> Callable[[v.Lang], Schema]:
    return lambda _lang: {"type": "string", "pattern": f"^{pattern}$"}


def _whole(most: int) -> Callable[[v.Lang], Schema]:
    return lambda _lang: {
        "anyOf": [{"type": "integer", "minimum": 1, "maximum": most}, {"type": "string", "pattern": f"^[0-9]{{1,{len(str(MOST))}}}$"}]
    }


def _whole_or_unlimited(most: int) -> Callable[[v.Lang], Schema]:
    return lambda lang: {"anyOf": [*_whole(most)(lang)["anyOf"], {"enum": list(_words(v.UNLIMITED, lang))}]}


def _number_or(pattern: str) -> Callable[[v.Lang], Schema]:
    return lambda _lang: {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^{pattern}$"}]}


def _suggested(tables: Iterable[Mapping[str, str]], *others: str) -> Callable[[v.Lang], Schema]:
    """Build words to complete, or a text of one of these patterns."""

    def of(lang: v.Lang) -> Schema:
        known = [word for table in tables for word in _words(table, lang)]
        spaced = "|".join(word.replace(" ", r"\s+") for word in known)
        patterns = [{"type": "string", "pattern": f"^{pattern}$"} for pattern in (rf"\s*({spaced})\s*", *others)]
        return {"anyOf": [{"enum": known}, *patterns]}

    return of


def _fact_type(lang: v.Lang) -> Schema:
    # One choice is no choice; the loader says so with JS056.
    choices = {"type": "array", "minItems": 2, "items": {"type": _SCALAR, "pattern": r"^\S{1,64}$"}}
    return {"anyOf": [{"enum": list(_words(v.FACT_TYPES, lang))}, choices]}


VALUES: Final[Mapping[str, Callable[[v.Lang], Schema]]] = {
    "id": lambda _lang: {"type": _SCALAR, "pattern": ID},
    "text": lambda _lang: {"type": _SCALAR, "pattern": r"\S", "maxLength": MAX_TEXT},
    "name": lambda _lang: {"type": _SCALAR, "pattern": r"^[^\n\t]*\S[^\n\t]*$", "maxLength": MAX_NAME},
    "rule": lambda _lang: {"type": _SCALAR, "pattern": r"\S"},
    "who": lambda _lang: {"type": _SCALAR, "pattern": r"\S"},
    "result": lambda _lang: {"type": _SCALAR, "pattern": r"^\S{1,64}$"},
    "before": lambda _lang: {"type": _SCALAR, "pattern": ID},
    "date": _text(_DAY),
    "month": _text("(19|20)[0-9]{2}-(0[1-9]|1[0-2])"),
    "sentence": lambda _lang: {"type": _SCALAR, "pattern": r"\S"},
    "number": _whole(MOST),
    "hours": _whole(MOST_HOURS),
    "times": _whole_or_unlimited(MOST_TIMES),
    "capacity": _whole_or_unlimited(MOST),
    "length": _text(_LENGTH),
    "point": _suggested([v.ANCHORS], _POINT),
    "begins": _suggested([v.WHEN_NEEDED, v.ANCHORS], _POINT),
    "money": _number_or(r"[0-9]{1,10}(\s+per\s+(week|vecka))?\s*"),
    "threshold": _number_or(r"[0-9]{1,9}([.,][0-9]{1,4})?(\s?%)?"),
    "sector": lambda _lang: {"enum": [chr(code) for code in range(ord("A"), ord("U") + 1)]},
    "occupation": _number_or("[0-9]{4}"),
    "fact_type": _fact_type,
    "queue": _suggested([v.ORDERS], r".*\S.*\s+(highest|lowest|högst|lägst)\s+(first|först)\s*"),
    "moment": _suggested([{"exit": "avslut"}], rf"{_LENGTH}(\s+(after\s+exit|efter\s+avslut))?"),
    "at": _suggested([v.MEASURED], _DAY, rf"{_LENGTH}(\s+(after\s+exit|efter\s+avslut))?"),
}
