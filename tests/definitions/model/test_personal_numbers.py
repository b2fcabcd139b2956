"""What looks like a personal number, in whatever form, and what only has as many digits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer as library  # type: ignore[import-untyped]
from stdnum.se import personnummer as stdnum

from definitions.model.personal_numbers import looks_personal, masked, names_person
from definitions.model.refusal import Refusal
from definitions.model.words import parse_personal_number

BIRTHDAYS = st.dates(date(1890, 1, 1), date(2026, 11, 30))
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d+"
BLANKS = " \u00a0\u2009\u202f\u3000\t"


def check_digit(nine: str) -> int:
    return -sum(sum(map(int, str(int(digit) * (2 - place % 2)))) for place, digit in enumerate(nine)) % 10


def number(born: date, serial: int, coordination: int = 0) -> str:
    """Twelve digits; in a coordination number the day has 60 more."""
    nine = f"{born:%y%m}{born.day + coordination:02}{serial:03}"
    return f"{born.year // 100}{nine}{check_digit(nine)}"


NUMBERS = st.builds(number, BIRTHDAYS, st.integers(0, 999), st.sampled_from([0, 60]))


@st.composite
def written(draw: st.DrawFn) -> str:
    """A number as people write it: with or without century, in parts, in other digits."""
    whole = draw(NUMBERS)[draw(st.sampled_from([0, 2])) :]
    between = draw(st.sampled_from(["", *DASHES, *BLANKS, "\u200b", " - ", "\u00a0\u2013 "]))
    parts = {
        "one": [whole], "two": [whole[:-4], whole[-4:]], "pairs": [whole[at : at + 2] for at in range(0, len(whole), 2)],
        "dated": [whole[:-8], whole[-8:-6], whole[-6:-4], whole[-4:]], "apart": list(whole),
    }  # fmt: skip
    text = between.join(parts[draw(st.sampled_from(sorted(parts)))])
    zero = draw(st.sampled_from(["0", "\uff10", "\u0660", "\U0001d7ce"]))
    turned: str = text.translate({ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)})
    return turned


@given(text=written(), before=st.sampled_from(["", "Eva Ek ", "firma", "nr:", "("]), after=st.sampled_from(["", " AB", "x", ".", ")"]))
def test_a_number_is_found_in_every_form_and_made_illegible(text: str, before: str, after: str) -> None:
    told = f"{before}{text}{after}"
    assert looks_personal(told)
    assert names_person(told)
    assert not any(sign.isdigit() for sign in masked(told))
    assert len(masked(told)) == len(told)


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-10", "2026-08-10 – 2026-09-01", "2026-08-10/2026-09-01", "2026-08-10, 2026-11-02, 2026-12-01", "2026-09-07 10:30",
        "2026-09-07T10:30:00.000000Z", "556012-5790", "16556012-5790", "0708-12 12 34", "070-812 12 34", "08-123 456 78",
        "+46 70 812 12 34", "0701234567", "070 123 45 67", "Ring 0708121235.", "0046701234567", "072 123 45 67",
        "12e0f3a4-5678-4abc-9def-010203040506", "a0" * 32, "123456789", "10 000 kr", "7K4C-M2XA", "SSYK 0812 och 1212", "2026",
    ],
)  # fmt: skip
def test_what_only_has_as_many_digits_is_none(text: str) -> None:
    assert not looks_personal(text)
    assert masked(text) == text


@given(born=st.dates(date(2007, 1, 1), date(2007, 9, 30)), serial=st.integers(0, 999), coordination=st.sampled_from([0, 60]))
def test_without_groups_the_check_digit_tells_a_number_from_a_mobile_telephone(born: date, serial: int, coordination: int) -> None:
    ten = number(born, serial, coordination)[2:]
    wrong = f"{ten[:-1]}{(int(ten[-1]) + 1) % 10}"
    assert looks_personal(ten)
    assert not looks_personal(wrong)
    # In the groups of a personal number, or with its century, it is one, mistyped or not.
    assert looks_personal(f"{wrong[:6]}-{wrong[6:]}")
    assert looks_personal(f"20{wrong}")


@pytest.mark.parametrize("name", ["report-20260810-1015.html", "log_20260810101500", "20260810T1015.csv"])
def test_the_time_in_the_name_of_a_file_is_no_number(name: str) -> None:
    assert not names_person(name)
    assert names_person(f"790213-7194_{name}")


# How the number of a day is read, beside two libraries of others.


def read(text: str, today: date) -> str | None:
    try:
        return parse_personal_number(text, today).digits
    except Refusal:
        return None


def read_by_another(text: str, today: date) -> str | None:
    """The twelve digits as the library reads them on a day; one that it dates ahead is of somebody a hundred years older."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "_get_current_date", lambda: today)
        try:
            found = library.parse(text)
        except library.PersonnummerException:
            return None
        born = found.get_date()
        if born <= today:
            return str(found.format(long_format=True))
        return str(library.parse(f"{born.year - 100}{text}").format(long_format=True)) if len(text) < 12 else None


TODAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(born=BIRTHDAYS, today=TODAYS, serial=st.integers(1, 999), sign=st.sampled_from(["", "-", "+"]), full=st.booleans())
def test_a_number_is_read_as_another_library_reads_it(born: date, today: date, serial: int, sign: str, *, full: bool) -> None:
    whole = number(born, serial)
    text = f"{whole[:8] if full else whole[2:8]}{sign}{whole[8:]}"
    assert read(text, today) == read_by_another(text, today)


@given(today=TODAYS, month=st.integers(1, 12), day=st.integers(1, 28), serial=st.integers(1, 999), ago=st.integers(90, 110))
def test_from_the_year_of_the_hundredth_birthday_the_plus_means_that_year(today: date, month: int, day: int, serial: int, ago: int) -> None:
    whole = number(date(today.year - ago, month, day), serial)
    sign = "+" if ago >= 100 else "-"
    assert read(f"{whole[2:8]}{sign}{whole[8:]}", today) == whole
    assert read_by_another(f"{whole[2:8]}{sign}{whole[8:]}", today) == whole


@given(born=st.dates(date(1890, 1, 1), date(2026, 1, 1)), serial=st.integers(0, 999), wrong=st.integers(0, 9))
def test_the_check_digit_is_that_of_another_library(born: date, serial: int, wrong: int) -> None:
    whole = f"{number(born, serial)[:-1]}{wrong}"
    assert (read(whole, date(2026, 11, 30)) is not None) == stdnum.is_valid(whole)


def test_a_hundred_this_year_whichever_day_that_is() -> None:
    assert read("261204+6900", date(2026, 11, 29)) == "192612046900" == read("19261204-6900", date(2026, 11, 29))


def test_an_instant_is_no_personal_number_whatever_its_fractions() -> None:
    assert not looks_personal("2026-12-10T15:20:12.850709+00:00")
    assert looks_personal("2026-12-10T15:20:12.850709+9805")
    assert looks_personal("850709+9805")
