"""Parses personal numbers and references, and tells what may look like one. No secret is kept or shown here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from definitions.model.refusal import Refusal, RefusalCode
from definitions.model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_PERSONAL_NUMBER: Final = RefusalCode("definitions.NotAPersonalNumber")
RESERVE_NUMBER: Final = RefusalCode("definitions.ReserveNumber")
REF_LOOKS_PERSONAL: Final = RefusalCode("definitions.RefLooksPersonal")
REF_MALFORMED: Final = RefusalCode("definitions.RefMalformed")
# 19 symbols, a prime, so that the check character finds every wrong one and every two that changed places; none
# looks like another (no 0 and O, 1 and I and L, 5 and S, 2 and Z, 8 and B, U and V).
ALPHABET: Final = "23456789ACFHJKMRTXY"
_DRAWN: Final = 7
_SHORT_DIGITS: Final = 10
KEY_NAME: Final = "jobbspar.key"
_COORDINATION: Final = 60
_NUMBER: Final = re.compile(r"(?:(\d{2})?(\d{2}))(\d{2})(\d{2})([-+ ]?)(\d{4})")
_RESERVE: Final = re.compile(r"\d{6,8}[-+ ]?(?=\w*[A-Z])[A-Z0-9]{4}", re.IGNORECASE)
_REF: Final = re.compile(r"[0-9a-zåäöA-ZÅÄÖ][0-9a-zåäöA-ZÅÄÖ._-]{0,31}")
_SEPARATORS: Final = re.compile(r"[-+ ._]")


class PersonalNumber(NamedTuple):
    """A number of twelve digits, and what it says; a coordination number may leave out the day, or the month too."""

    digits: str
    kind: Literal["personnummer", "samordningsnummer"]
    year: int
    month: int | None

    @property
    def born(self) -> str | None:
        """Year and month of birth, which is all that rules on age look at."""
        return f"{self.year:04d}-{self.month:02d}" if self.month else None

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def parse_personal_number(text: str, today: date) -> PersonalNumber:
    """Parse a personnummer or samordningsnummer as people write it; `today` tells the century of a short one.

    Raises:
        Refusal: NOT_A_PERSONAL_NUMBER or RESERVE_NUMBER, neither of which repeats what was written.

    """
    tidy = unicodedata.normalize("NFKC", text).strip()
    found = _NUMBER.fullmatch(tidy) if tidy.isascii() else None
    if found is None:
        raise RESERVE_NUMBER() if _RESERVE.fullmatch(tidy) else NOT_A_PERSONAL_NUMBER()
    century, year, month, day, sign, last = found.groups()
    if not _checks(f"{year}{month}{day}{last}"):
        raise NOT_A_PERSONAL_NUMBER()
    full = int(century + year) if century else _full_year(int(year), int(month), int(day), sign, today)
    coordination = int(day) >= _COORDINATION
    born = _born(full, int(month), int(day) - (_COORDINATION if coordination else 0), coordination, today)
    return PersonalNumber(f"{full:04d}{month}{day}{last}", "samordningsnummer" if coordination else "personnummer", full, born)


def is_coordination(digits: str) -> bool:
    """Whether twelve digits are those of a samordningsnummer."""
    return int(digits[6:8]) >= _COORDINATION


def _checks(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0  # noqa: PLR2004 - the digits are summed


def _full_year(year: int, month: int, day: int, sign: str, today: date) -> int:
    """The latest year that is not in the future; `+` is written from the year that the person becomes 100, whichever day that is."""
    full = today.year - (today.year - year) % 100
    unborn = full == today.year and (month, day % _COORDINATION) > (today.month, today.day)
    return full - 100 if sign == "+" or unborn else full


def _born(year: int, month: int, day: int, coordination: bool, today: date) -> int | None:  # noqa: FBT001 - a part of the number
    if coordination and day == 0:
        if month > 12 or year > today.year:  # noqa: PLR2004 - months
            raise NOT_A_PERSONAL_NUMBER()
        return month or None
    try:
        born = date(year, month, day)
    except ValueError:
        raise NOT_A_PERSONAL_NUMBER() from None
    if born > today:
        raise NOT_A_PERSONAL_NUMBER()
    return month


def new_ref(randomness: Callable[[int], bytes]) -> str:
    """Draw a reference that can be said on the telephone, as `7K4C-M2XA`; the last character checks the others."""
    drawn = ""
    while len(drawn) < _DRAWN:
        # A byte too high for a whole number of turns is thrown away, so that every symbol is as likely.
        drawn += "".join(ALPHABET[byte % 19] for byte in randomness(_DRAWN - len(drawn)) if byte < 19 * 13)
    return f"{drawn[:4]}-{drawn[4:]}{_check_character(drawn)}"


def _check_character(drawn: str) -> str:
    return ALPHABET[sum(place * ALPHABET.index(symbol) for place, symbol in enumerate(drawn, start=2)) % 19]


def is_mistyped(ref: str) -> bool:
    """Whether a reference has the form of a drawn one, but its check character says that it was misread."""
    plain = ref.upper().replace("-", "")
    return len(plain) == _DRAWN + 1 and all(s in ALPHABET for s in plain) and _check_character(plain[:-1]) != plain[-1]


def parse_ref(text: str) -> str:
    """Check a reference that a person gave, and return it composed (NFC).

    Raises:
        Refusal: REF_LOOKS_PERSONAL or REF_MALFORMED.

    """
    ref = words(text, "REF")
    if looks_personal(ref):
        raise REF_LOOKS_PERSONAL()
    if not _REF.fullmatch(ref) or ref.casefold() == "track":
        raise REF_MALFORMED()
    return ref


def is_ref(text: str) -> bool:
    """Whether this may be a reference."""
    try:
        parse_ref(text)
    except Refusal:
        return False
    return True


def looks_personal(text: str) -> bool:
    """Whether a text holds what could be read as a personal number, right check digit or not."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return any(_dated(digits) for digits in re.findall(r"\d+", plain))


def _dated(digits: str) -> bool:
    for start in range(len(digits) - _SHORT_DIGITS + 1):
        month, day = int(digits[start + 2 : start + 4]), int(digits[start + 4 : start + 6])
        if 0 <= month <= 12 and (1 <= day <= 31 or 60 <= day <= 91):  # noqa: PLR2004 - months and days
            return True
    return False
