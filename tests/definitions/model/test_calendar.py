"""The calendar against hand dates, against an independent library, and against its own laws."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.model.calendar import add, back, is_working_day, roll
from definitions.model.values import Length, Unit

DAYS = st.dates(date(1990, 1, 1), date(2120, 12, 31))


def length(count: int, unit: Unit) -> Length:
    return Length(count=count, unit=unit)


@pytest.mark.parametrize("year", [1994, 2003, 2004, 2005, 2006, 2016, 2026, 2027, 2028, 2038, 2049])
def test_every_day_of_a_year_is_a_working_day_as_an_independent_library_says(year: int) -> None:
    off = holidays.country_holidays("SE", years=year, categories=("public", "de_facto"))
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == (day.weekday() < 5 and day not in off), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        (date(2027, 6, 24), 1, "working days", date(2027, 6, 28)),
        (date(2026, 12, 23), 1, "working days", date(2026, 12, 28)),
        (date(2026, 12, 30), 1, "working days", date(2027, 1, 4)),
        (date(2026, 4, 2), 1, "working days", date(2026, 4, 7)),
        (date(2026, 5, 13), 1, "working days", date(2026, 5, 15)),
        (date(2026, 9, 1), 2, "weeks", date(2026, 9, 15)),
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2026, 1, 31), 2, "months", date(2026, 3, 31)),
        (date(2027, 12, 31), 2, "months", date(2028, 2, 29)),
        (date(2026, 12, 31), 1, "days", date(2027, 1, 1)),
    ],
)
def test_a_length_ends_on_the_day_counted_by_hand(day: date, count: int, unit: Unit, expected: date) -> None:
    assert add(day, length(count, unit)) == expected


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        (date(2027, 6, 28), 1, "working days", date(2027, 6, 24)),
        (date(2026, 3, 31), 1, "months", date(2026, 2, 28)),
        (date(2026, 1, 15), 1, "months", date(2025, 12, 15)),
        (date(2026, 9, 15), 2, "weeks", date(2026, 9, 1)),
    ],
)
def test_a_length_before_a_day_is_counted_backwards(day: date, count: int, unit: Unit, expected: date) -> None:
    assert back(day, length(count, unit)) == expected


def test_a_deadline_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert roll(date(2026, 12, 24)) == date(2026, 12, 28)
    assert roll(date(2026, 12, 23)) == date(2026, 12, 23)
    assert roll(date(2026, 10, 31)) == date(2026, 11, 2)


def test_whit_monday_was_a_holiday_until_the_national_day_became_one() -> None:
    assert not is_working_day(date(2004, 5, 31))
    assert is_working_day(date(2005, 5, 16))
    assert not is_working_day(date(2005, 6, 6))
    assert is_working_day(date(2003, 6, 6))


@given(DAYS, st.integers(0, 600))
def test_a_month_later_is_in_the_month_counted_and_never_later_in_it(day: date, count: int) -> None:
    later = add(day, length(count, "months"))
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 300))
def test_working_days_end_on_working_days_and_count_each_one_between(day: date, count: int) -> None:
    end = add(day, length(count, "working days"))
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == count


@given(DAYS, DAYS, st.integers(0, 100), st.sampled_from(["days", "working days", "weeks", "months"]))
def test_an_earlier_day_never_gives_a_later_end(one: date, other: date, count: int, unit: Unit) -> None:
    first, second = sorted((one, other))
    assert add(first, length(count, unit)) <= add(second, length(count, unit))
    assert back(first, length(count, unit)) <= back(second, length(count, unit))
    assert roll(first) <= roll(second)


@given(DAYS, st.integers(0, 60))
def test_working_days_forward_and_back_return_to_a_working_day(day: date, count: int) -> None:
    start = roll(day)
    assert back(add(start, length(count, "working days")), length(count, "working days")) == start
