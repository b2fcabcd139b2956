"""A day as people say it, which is never taken: what is wrong in it, and the day that was perhaps meant."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Mapping

# The days that are called by where they lie from today, by the keys of their words in the catalogue.
_FROM_TODAY: Final[Mapping[str, int]] = {"before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
# Both languages are typed in either.
_LANGUAGES: Final = ("sv", "en")
_TELLING: Final = 3
_ISO: Final = re.compile(r"(\d{4}|\d\d)[-./ ]?(\d\d?)[-./ ]?(\d\d?)")
_SHORT: Final = re.compile(r"(\d\d?)(?:[-./]| +)(\d\d?)(?:[-./ ]+(\d{4}|\d\d))?")
_NAMED: Final = re.compile(r"(?:[^\W\d_]{3} )?(\d\d?)(?::?[ae]|[a-z]{2}|\.)? ?([^\W\d_]{3,9})\.?,?(?: (\d{4}))?")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9}) (\d\d?)(?:[a-z]{2})?,?(?: (\d{4}))?")
_LAST_MONTH: Final = 12


def near_day(typed: str, today: date, lang: str) -> str:
    """Compose what is wrong in a text that is no day, or which day was perhaps meant; empty where neither can be told.

    Args:
        typed: the text.
        today: the day of the clock, to which `yesterday` is the day before, and the nearest year that is not said is meant.
        lang: the language of the reader.

    """
    text = " ".join(typed.casefold().split())
    for name, days in _FROM_TODAY.items():
        if any(text in message(f"day.said.{name}", one).split(", ") for one in _LANGUAGES):
            return _meant(today + timedelta(days=days), lang)
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
    month = _month(name)
    return (_year(year), month, int(day)) if month else None


def _month(name: str) -> int:
    """The number of a month, whose first letters tell it from the others; 0 for what is none."""
    names = ((number, message(f"day.month.{number}", lang).casefold()) for number in range(1, _LAST_MONTH + 1) for lang in _LANGUAGES)
    return next((number for number, whole in names if name and whole[:_TELLING] == name[:_TELLING]), 0)


def _month_first(text: str) -> tuple[str, str, str | None]:
    found = _MONTH_FIRST.fullmatch(text)
    return (found[2], found[1], found[3]) if found else ("0", "", None)


def _year(text: str | None) -> int:
    return 0 if not text else int(text) + (2000 if len(text) == len("26") else 0)
