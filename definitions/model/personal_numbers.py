"""The form of personal numbers and references: what may look like a number, and where; no secret is kept or shown, nothing refused here."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# 19 symbols, a prime, so that the check character finds every wrong one and every two that changed places; none
# looks like another (no 0 and O, 1 and I and L, 5 and S, 2 and Z, 8 and B, U and V).
ALPHABET: Final = "23456789ACFHJKMRTXY"
_DRAWN: Final = 7
KEY_NAME: Final = "jobbspar.key"
COORDINATION: Final = 60
MASK: Final = "x"
# Digits with at most three separators between any two, as people write a number in parts.
_RUN: Final = re.compile(r"\d(?:[-+ ._/\t]{0,3}+\d){9,}+")
# A day of birth, of a coordination number too, and four digits; a month may be left out there.
_DATED: Final = re.compile(r"\d\d(?:0\d|1[0-2])(?:0[1-9]|[12]\d|3[01]|[6-8]\d|9[01])\d{4}")
# Without groups only the check digit tells a mobile telephone's number from that of somebody born in January to September of 2007.
_MOBILE: Final = re.compile(r"070\d{7}")
_SEPARATORS: Final = re.compile(r"\D+")
_DENSE: Final = re.compile(r"(?:[\d²³¹⁰-₟①-⓿❶-➓](?:[^\w\n]|_){0,3}){10}")
# What has as many digits and is none: instants; days, alone or in a row; ids and fingerprints; telephone numbers in usual groups.
_NONE: Final = re.compile(
    r"(?<!\d)20\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[-+](?:0\d|1[0-4]):?[0-5]\d)?(?!\d|[-+]\d)|"
    r"(?<!\d)(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)(?![-+ ._/\t]{0,3}\d{4}(?!\d|-\d\d-\d\d))"
    r"|(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)|(?<!\w)(?:[0-9a-f]{64}|(?=\d*[a-f])[0-9a-f]{32,})(?!\w)"
    r"|(?<!\d)(?<!\d[-+ ._/\t])(?:0\d{1,3}-|07\d )\d{2,3} ?\d{2,3} ?\d{2,3}(?!\d)|(?<!\d)(?:\+|00)46[ -]?\d(?:[ -]?\d){7,8}(?!\d)",
    re.IGNORECASE,
)
# The same for the name of a file: a day and a time of these years, when nobody was born who could be on a track.
_STAMP: Final = re.compile(r"(?<!\d)20[2-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-_T]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)")
_BETWEEN: Final = frozenset({"Pd", "Zs", "Cf", "Mn", "Me", "Sm"})


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


def is_coordination(digits: str) -> bool:
    """Whether twelve digits are those of a samordningsnummer."""
    return int(digits[6:8]) >= COORDINATION


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


def checks(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0  # noqa: PLR2004 - the digits are summed


def number_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds what could be read as a personal number, right check digit or not: first character, and the one after.

    In any digits, with or without century, in parts, with whatever dash or blank between them.
    """
    after = 0
    # Line by line, and only those with digits enough: whole files pass here.
    while dense := _DENSE.search(text, after):
        first, last = text.rfind("\n", 0, dense.start()) + 1, text.find("\n", dense.end())
        after = len(text) if last < 0 else last
        line = text[first:after]
        plain = line if line.isascii() else "".join(map(_ascii, line))
        for run in _RUN.finditer(_NONE.sub(_blotted, plain)):
            if _DATED.search(_SEPARATORS.sub("", run[0])) and not (_MOBILE.fullmatch(run[0]) and not checks(run[0])):
                yield first + run.start(), first + run.end()


def _blotted(found: re.Match[str]) -> str:
    return "|" * len(found[0])


@lru_cache(maxsize=1024)
def _ascii(sign: str) -> str:
    """A character as it counts in a number: its digit, a separator, or itself; always one, so that places stay."""
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    if unicodedata.category(sign) in _BETWEEN or sign in "·•":
        return "-"
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def looks_personal(text: str) -> bool:
    """Whether a text holds what could be read as a personal number."""
    return next(number_spans(text), None) is not None


def names_person(file: str) -> bool:
    """Whether the name of a file holds what could be read as a personal number, and not as the time at which it was made."""
    return looks_personal(_STAMP.sub(_blotted, file))


def masked(text: str) -> str:
    """The text with every such number made illegible; every other character keeps its place."""
    for first, after in number_spans(text):
        text = f"{text[:first]}{MASK * (after - first)}{text[after:]}"
    return text
