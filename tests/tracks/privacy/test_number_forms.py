"""A personal number is one number in whatever form it is written."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.model.words import parse_personal_number
from tests.tracks.storage.stores import new_ledger
from tracks.privacy.vault import Identity, find_person, open_vault, put_identity

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 9, 7)
BIRTHDAYS = st.dates(date(1890, 1, 1), TODAY)


def number(born: date, serial: int, *, coordination: bool) -> str:
    """A number of twelve digits with its check digit, worked out another way than the parser does."""
    digits = f"{born:%y%m}{born.day + 60 * coordination:02}{serial:03}"
    products = "".join(str(int(digit) * (1 + (place % 2 == 0))) for place, digit in enumerate(digits))
    return f"{born.year // 100}{digits}{-sum(map(int, products)) % 10}"


def forms(born: date, whole: str) -> list[str]:
    """All that people write: with and without the century, the sign, blanks around."""
    short, last = whole[2:8], whole[8:]
    found = [whole, f"{whole[:8]}-{last}", f" {whole[:8]} {last} "]
    # From the year that somebody becomes a hundred the short form has a plus.
    return [*found, f"{short}+{last}"] if TODAY.year - born.year >= 100 else [*found, f"{short}-{last}", f"{short}{last}"]


@given(born=BIRTHDAYS, serial=st.integers(0, 999), coordination=st.booleans())
def test_every_form_of_a_number_is_the_same_number(born: date, serial: int, *, coordination: bool) -> None:
    whole = number(born, serial, coordination=coordination)
    found = {parse_personal_number(form, TODAY) for form in forms(born, whole)}
    assert {(one.digits, one.born) for one in found} == {(whole, f"{born:%Y-%m}")}
    assert {one.kind for one in found} == {"samordningsnummer" if coordination else "personnummer"}


@given(born=BIRTHDAYS, serial=st.integers(0, 999), coordination=st.booleans())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_person_is_found_by_every_form(tmp_path: Path, born: date, serial: int, *, coordination: bool) -> None:
    whole = number(born, serial, coordination=coordination)
    path = tmp_path / f"{whole}.db"
    if path.exists():
        return
    ledger = new_ledger(path)
    vault = open_vault(ledger, random.Random(1).randbytes, tmp_path / "key")
    put_identity(ledger, vault, "A1", Identity("Kanariefågel", whole))
    assert {find_person(ledger, vault, parse_personal_number(form, TODAY)) for form in forms(born, whole)} == {"A1"}
    other = parse_personal_number(number(born, (serial + 1) % 1000, coordination=coordination), TODAY)
    assert find_person(ledger, vault, other) is None
