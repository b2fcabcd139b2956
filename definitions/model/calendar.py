"""Counts in the calendar SE/1: lengths of time and Swedish working days, as pure functions that hold for any year (rules R1-R4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from definitions.model.values import Length

# Outside these a year is a slip of the pen, in a track as in what is reported.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# The fixed public holidays, and the eves of Christmas and New Year, on which nobody works either (rule R3).
_FIXED: Final = ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))
# Days from Easter Sunday to Good Friday, itself, Easter Monday, Ascension Day and Whit Sunday.
_EASTER_BOUND: Final = (-2, 0, 1, 39, 49)
_NATIONAL_DAY_SINCE: Final = 2005


def written_day(text: str) -> date:
    """Read a day as it is written, `2026-09-01`. Raises ValueError for what is none, and for a year that is a slip of the pen."""
    day = date.fromisoformat(text)
    # `fromisoformat` takes 2026-W45 and 20261101 too: a day has one form, which everybody reads alike.
    if day.isoformat() != text or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def is_working_day(day: date) -> bool:
    """Whether the day is Monday to Friday, not a public holiday, and not the eve of midsummer, Christmas or New Year."""
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


def roll(day: date) -> date:
    """Return the day itself if it is a working day, else the next one (rule R4)."""
    while not is_working_day(day):
        day += _DAY
    return day


def add(day: date, length: Length) -> date:
    """Return the day that lies a length after another; day 0 is the day itself."""
    return _moved(day, length, 1)


def back(day: date, length: Length) -> date:
    """Return the day that lies a length before another."""
    return _moved(day, length, -1)


@lru_cache(maxsize=4096)
def working_days(after: date, until: date) -> int:
    """Count the working days after a day, up to and including another; 0 where that is not later (rule R3)."""
    days = (date.fromordinal(number) for number in range(after.toordinal() + 1, until.toordinal() + 1))
    return sum(map(is_working_day, days))


def _moved(day: date, length: Length, sign: int) -> date:
    match length.unit:
        case "days":
            return day + timedelta(days=sign * length.count)
        case "weeks":
            return day + timedelta(weeks=sign * length.count)
        case "months":
            return _months(day, sign * length.count)
        case "working days":
            return _working(day, length.count, sign * _DAY)


def _months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working(day: date, count: int, one: timedelta) -> date:
    while count:
        day += one
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=512)
def _days_off(year: int) -> frozenset[date]:
    """List the days off of a year that may fall on Monday to Friday."""
    easter = _easter(year)
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {easter + timedelta(days=after) for after in _EASTER_BOUND}
    # Act 1989:253: the national day took the place of Whit Monday in 2005.
    days.add(date(year, 6, 6) if year >= _NATIONAL_DAY_SINCE else easter + timedelta(days=50))
    midsummer_eve = date(year, 6, 19)
    days.add(midsummer_eve + timedelta(days=(4 - midsummer_eve.weekday()) % 7))
    return frozenset(days)


def _easter(year: int) -> date:
    """Compute Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
