"""A day as people say it, which is never taken: what is wrong in it, and the day that was perhaps meant."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Mapping

_RELATIVE: Final[Mapping[str, int]] = {
    "igår": -1, "i går": -1, "yesterday": -1, "idag": 0, "i dag": 0, "today": 0, "nu": 0, "now": 0,
    "imorgon": 1, "i morgon": 1, "tomorrow": 1, "i förrgår": -2, "förrgår": -2, "i övermorgon": 2, "övermorgon": 2,
}  # fmt: skip
# The first three letters tell the months apart in both languages; `maj` and `may`, `okt` and `oct` are one each.
_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for number, names in enumerate("jan,feb,mar,apr,maj may,jun,jul,aug,sep,okt oct,nov,dec".split(","), start=1)
    for name in names.split()
}
_ISO: Final = re.compile(r"(\d{4}|\d\d)[-./ ]?(\d\d?)[-./ ]?(\d\d?)")
_SHORT: Final = re.compile(r"(\d\d?)(?:[-./]| +)(\d\d?)(?:[-./ ]+(\d{4}|\d\d))?")
_NAMED: Final = re.compile(r"(?:den )?(\d\d?)(?::?[ae]|st|nd|rd|th|\.)? ?([a-zåäö]{3,9})\.?,?(?: (\d{4}))?")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9}) (\d\d?)(?:st|nd|rd|th)?,?(?: (\d{4}))?")
_LAST_MONTH: Final = 12


def near_day(typed: str, today: date, lang: str) -> str:
    """Compose what is wrong in a text that is no day, or which day was perhaps meant; empty where neither can be told.

    Args:
        typed: the text.
        today: the day of the clock, to which `yesterday` is the day before, and the nearest year that is not said is meant.
        lang: the language of the reader.

    """
    text = " ".join(typed.casefold().split())
    if text in _RELATIVE:
        return _meant(today + timedelta(days=_RELATIVE[text]), lang)
    parts = _parts(text)
    if parts is None:
        return ""
    year, month, day = parts
    if not 1 <= month <= _LAST_MONTH:
        return message("day.month", lang, month=month)
    # A day that this year does not have, the 29th of February, may be one of the next years.
    years = [year] if year else sorted(range(today.year - 4, today.year + 5), key=lambda one: abs(one - today.year))
    found = [date(one, month, day) for one in years if 1 <= day <= monthrange(one, month)[1]]
    if not found:
        return message("day.none", lang, day=day, month=message(f"day.month.{month}", lang), last=monthrange(years[0], month)[1])
    return _meant(min(found, key=lambda one: abs(one - today)), lang)


def _meant(day: date, lang: str) -> str:
    return message("fault.near", lang, name=day.isoformat())


def _parts(text: str) -> tuple[int, int, int] | None:
    """The year (0 where it is not said), the month and the day that a text names."""
    if found := _ISO.fullmatch(text):
        return _year(found[1]), int(found[2]), int(found[3])
    if found := _SHORT.fullmatch(text):
        return _year(found[3]), int(found[2]), int(found[1])
    named = _NAMED.fullmatch(text)
    day, name, year = named.groups() if named else _month_first(text)
    month = _MONTHS.get(name[:3], 0)
    return (_year(year), month, int(day)) if month else None


def _month_first(text: str) -> tuple[str, str, str | None]:
    found = _MONTH_FIRST.fullmatch(text)
    return (found[2], found[1], found[3]) if found else ("0", "", None)


def _year(text: str | None) -> int:
    return 0 if not text else int(text) + (2000 if len(text) == len("26") else 0)
