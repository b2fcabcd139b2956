"""Translates sentences and days of a track's own tests; names and ids stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.scenarios import phrases
from definitions.scenarios.scope import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from definitions.scenarios.phrases import Phrase

_NTH: Final = re.compile(r"(\w+)(\s+[0-9]+)")
_AFTER: Final = re.compile(r"([0-9]+)(\s+)(\w+(?:\s+\w+)?)(\s+)(after\s+referral|efter\s+anmälan)")
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "reason": v.REASONS, "outcome": v.OUTCOMES, "channel": v.CHANNELS, "role": v.RESPONSIBLE_EMPLOYER,
}  # fmt: skip
# The words that may follow a phrase, by the form of what it takes; a result may stand without any phrase.
_TAKEN: Final[Mapping[str, Mapping[str, str]]] = {
    "status": v.STATUSES, "outcome": v.OUTCOMES, "action": v.DECISIONS, "point": {"exit": v.ANCHORS["exit"]}, "fact": v.BUILT_IN,
    "rule": {name: v.KEYS[name] for name in v.EXCEPTED},
}  # fmt: skip
_PLAIN: Final = {**v.RESULTS, **phrases.NOT, **phrases.SUBJECTS}
# No phrase has more words.
LONGEST: Final = 6


def day(text: str, lang: v.Lang) -> str:
    """Translate a day of a case."""
    if (never := v.code(text, phrases.NEVER)) is not None:
        return v.word(never, phrases.NEVER, lang)
    if (nth := _NTH.fullmatch(text)) is not None and (word := v.code(nth[1], phrases.DAYS)):
        return f"{v.word(word, phrases.DAYS, lang)}{nth[2]}"
    after = _AFTER.fullmatch(text)
    unit = v.UNITS.get(" ".join(after[3].split())) if after else None
    if after is None or unit is None:
        return text
    return f"{after[1]}{after[2]}{_unit(unit, after[1], lang)}{after[4]}{v.word('after referral', phrases.DAYS, lang)}"


def _unit(unit: str, count: str, lang: v.Lang) -> str:
    one = count.lstrip("0") == "1"
    return v.UNITS_SHOWN[unit][not one] if lang == "sv" else unit[:-1] if one else unit


def _answer(text: str, lang: v.Lang) -> str:
    code = v.code(text, v.YES_NO)
    return text if code is None else v.word(code, v.YES_NO, lang)


def _fact(text: str, lang: v.Lang) -> str:
    code = v.code(text, v.BUILT_IN)
    return text if code is None else v.word(code, v.BUILT_IN, lang)


def sentence(text: str, lang: v.Lang) -> str:
    """Translate a sentence of a case."""
    return "".join(_SentenceTranslator(text, lang).pieces())


class _SentenceTranslator:
    """Goes through the words of a sentence from the left; `taken` holds the words that may follow the last phrase."""

    def __init__(self, text: str, lang: v.Lang) -> None:
        self.text, self.lang = text, lang
        self.found = list(TOKEN.finditer(text))
        self.taken: dict[str, str] = {}

    def pieces(self) -> Iterator[str]:
        """Yield the translated text piece by piece, with what stands between its words."""
        at, end = 0, 0
        while at < len(self.found):
            count, new = self._next(at)
            yield self.text[end : self.found[at].start()]
            yield new
            end = self.found[at + count - 1].end()
            at += count
        yield self.text[end:]

    def _next(self, at: int) -> tuple[int, str]:
        """Translate the next words: how many they are, and by what they are replaced."""
        for count in range(min(LONGEST, len(self.found) - at), 0, -1):
            words = " ".join(match[0] for match in self.found[at : at + count])
            if (phrase := _PHRASES.get(words)) is not None:
                self.taken = {code: word for form in phrase.takes for code, word in _TAKEN.get(form, {}).items()}
                return count, phrase.words(self.lang)
            if (code := v.code(words, self.taken)) is not None:
                return count, v.word(code, self.taken, self.lang)
            if count > 1 and (length := self._length(at, count)):
                return count, length
        return 1, self._word(self.found[at])

    def _length(self, at: int, count: int) -> str:
        number, *unit = [match[0] for match in self.found[at : at + count]]
        known = v.UNITS.get(" ".join(unit))
        return f"{number} {_unit(known, number, self.lang)}" if known and number.isdecimal() else ""

    def _word(self, match: re.Match[str]) -> str:
        if not match["name"]:
            code = v.code(match[0], _PLAIN)
            return match[0] if code is None else v.word(code, _PLAIN, self.lang)
        detail = v.code(match["name"], phrases.DETAILS)
        between = match[0][len(match["name"]) : len(match[0]) - len(match["value"])]
        name = v.word(detail, phrases.DETAILS, self.lang) if detail else _fact(match["name"], self.lang)
        table = _VALUES.get(detail or "", {} if detail else v.YES_NO)
        code = v.code(match["value"], table)
        return f"{name}{between}{match['value'] if code is None else v.word(code, table, self.lang)}"


_PHRASES: Final[Mapping[str, Phrase]] = {
    # Of phrases with the same words the first counts, so it is put in last.
    words: one for one in reversed((*phrases.STATEMENTS, *phrases.EXPECTATIONS)) for words in (one.english, one.swedish)
}  # fmt: skip
READERS: Final[Mapping[str, Callable[[str, v.Lang], str]]] = {"day": day, "answer": _answer, "fact": _fact, "sentence": sentence}
