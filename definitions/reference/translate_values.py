"""Translates one value of a form: the words of the language in it change, the author's own words stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.model.value_types import WORDS
from definitions.reference.translate_cases import READERS as OF_CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LENGTH: Final = re.compile(r"([0-9]+)(\s+)((?:working\s+)?\w+)")
_OFFSET: Final = re.compile(r"([0-9]+\s+(?:working\s+)?\w+)(\s+)(after|before|efter|före)(\s+)(.+)")
_STEP_ANCHOR: Final = re.compile(r"(start|end|slut)\s+(?:of|på)(\s+\S+)")
_LASTED: Final = re.compile(r"(lasted|varade)(\s*\(\s*)([^)]*?)(\s*\))")
_IN_TRACK: Final = re.compile(r"\b(employer|arbetsgivare)(\s+)(?:in_track|i_spåret|in\s+track|i\s+spåret)\b")
_TOKEN: Final = re.compile(r"<=|>=|!=|[=<>()]|\w[\w.+-]*|-\d+")
_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "channel": v.CHANNELS, "outcome": v.OUTCOMES, "sex": v.SEX, "schooling": v.SCHOOLING, "result": {**v.RESULTS, **v.SKIPPED},
}  # fmt: skip
_ASKING: Final = {**v.OPERATORS, **v.FUNCTIONS, **v.BUILT_IN, **v.IN_TRACK}
_NOT_GOAL: Final = re.compile(r"(not|inte)(\s+\S+)")
_DIRECTED: Final = re.compile(r"(?:(days_since|dagar_sedan)(\(.*\))|(\S+))(\s+)(\w+\s+\w+)")


def translate_value(text: str, form: str, lang: v.Lang) -> str:
    """Translate the text of a value.

    Args:
        text: The value as written.
        form: The form that its key takes, see `value_types`.
        lang: The language of the result.

    """
    if form in WORDS:
        return _word(text, WORDS[form], lang)
    return _READERS[form](text, lang) if form in _READERS else text


def _word(text: str, table: Mapping[str, str], lang: v.Lang) -> str:
    code = v.code(" ".join(text.split()), table)
    return text if code is None else v.word(code, table, lang)


def _of(table: Mapping[str, str]) -> Callable[[str, v.Lang], str]:
    return lambda text, lang: _word(text, table, lang)


def length(text: str, lang: v.Lang) -> str:
    """Translate a length, `2 veckor`."""
    found = _LENGTH.fullmatch(text)
    unit = v.UNITS.get(" ".join(found[3].split())) if found else None
    if found is None or unit is None:
        return text
    one = found[1].lstrip("0") == "1"
    shown = v.UNITS_SHOWN[unit][not one] if lang == "sv" else unit[:-1] if one else unit
    return f"{found[1]}{found[2]}{shown}"


def point(text: str, lang: v.Lang) -> str:
    """Translate a point, `1 månad efter anställning`."""
    if (offset := _OFFSET.fullmatch(text)) is not None:
        return f"{length(offset[1], lang)}{offset[2]}{_word(offset[3], v.POINT_WORDS, lang)}{offset[4]}{point(offset[5], lang)}"
    if (found := _STEP_ANCHOR.fullmatch(text)) is not None:
        anchor = "start of" if found[1] == "start" else "end of"
        return f"{v.word(anchor, v.STEP_ANCHORS, lang)}{found[2]}"
    return _word(text, v.ANCHORS, lang)


def _begins(text: str, lang: v.Lang) -> str:
    return _word(text, v.WHEN_NEEDED, lang) if v.code(" ".join(text.split()), v.WHEN_NEEDED) else point(text, lang)


def _moment(text: str, lang: v.Lang) -> str:
    if _LENGTH.fullmatch(text):
        return length(text, lang)
    return point(text, lang)


def _measured(text: str, lang: v.Lang) -> str:
    return _word(text, v.MEASURED, lang) if v.code(" ".join(text.split()), v.MEASURED) else _moment(text, lang)


def _money(text: str, lang: v.Lang) -> str:
    amount, space, rest = text.partition(" ")
    return f"{amount}{space}{_word(rest, v.WEEKLY, lang)}"


def _queue(text: str, lang: v.Lang) -> str:
    if v.code(text, v.ORDERS) is not None:
        return _word(text, v.ORDERS, lang)
    found = _DIRECTED.fullmatch(text)
    if found is None:
        return text
    what = f"{_word(found[1], v.FUNCTIONS, lang)}{found[2]}" if found[1] else _word(found[3], v.BUILT_IN, lang)
    return f"{what}{found[4]}{_word(found[5], v.DIRECTIONS, lang)}"


def _among(text: str, lang: v.Lang) -> str:
    return _word(text, v.POPULATIONS, lang) if v.code(text, v.POPULATIONS) else rule(text, lang)


def rule(text: str, lang: v.Lang) -> str:
    """Translate a condition; a value is a word of the language only where what it is compared with says so."""
    lasting = _LASTED.sub(lambda m: f"{_word(m[1], v.FUNCTIONS, lang)}{m[2]}{length(m[3], lang)}{m[4]}", text)
    placed = _IN_TRACK.sub(lambda m: f"{m[1]}{m[2]}{'i_spåret' if lang == 'sv' else 'in track'}", lasting)
    asked = _ConditionTranslator(lang)
    return _TOKEN.sub(lambda match: asked.token(match[0]), placed)


class _ConditionTranslator:
    """Where one is in a condition: what is asked about, within which function, and whether a value comes next."""

    def __init__(self, lang: v.Lang) -> None:
        self.lang = lang
        self.subject = ""
        self.within = ""
        self.value = False

    def token(self, text: str) -> str:
        """Translate the next word or sign."""
        if text in _COMPARISONS:
            self.value = True
            return text
        if text in "()":
            # Brackets after an operator or at the start hold a condition, those after a function its fact or step.
            self.within = self.subject if text == "(" and self.subject in v.FUNCTIONS else ""
            return text
        if self.value:
            self.value = False
            return _word(text, _VALUES.get(self.subject, {}), self.lang)
        if self.within:
            return text if self.within in ("result", "lasted") else _word(text, v.BUILT_IN, self.lang)
        self.subject = v.code(text, _ASKING) or ""
        return _word(text, _ASKING, self.lang)


_READERS: Final[Mapping[str, Callable[[str, v.Lang], str]]] = {
    "length": length, "point": point, "begins": _begins, "moment": _moment, "at": _measured, "money": _money, "queue": _queue,
    "among": _among, "condition": rule, "rule": rule, "fact_type": _of(v.FACT_TYPES), "start": _of(v.ROLLING), "before": _of(v.ANCHORS),
    "who": _of(v.RESPONSIBLE_EMPLOYER), "result": _of(v.RESULTS), "action": _of(v.ACTIONS),
    **dict.fromkeys(("times", "capacity", "places"), _of(v.UNLIMITED)), **OF_CASES,
}  # fmt: skip
