"""The one door for text from outside, and the types that only it makes: composed, bounded, visible, and nothing like a personal number.

The same letter can be one character or a letter with its mark apart (NFD, as names from a Mac often are). They look alike and are not
equal, so what is kept and compared must have one form. A byte that is no UTF-8 arrives as half a character, which nothing can keep. A
line break makes lines that the program did not say, a control character steers the terminal of a reader, and what turns or hides
letters shows another text than is kept.

What is refused is told by its place (an argument, a column, a key) and never repeated. `Note` is what is locked, so it may be of several
lines and hold a number; `PersonalNumber` is what is asked for where a number is asked for.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, NewType
from unicodedata import normalize

from definitions.model.personal_numbers import COORDINATION, PersonalNumber, checks, looks_personal
from definitions.model.refusal import Refusal, RefusalCode

# Made here and nowhere else: whoever asks for one need not look at it again.
Text = NewType("Text", str)
Name = NewType("Name", Text)
Ref = NewType("Ref", Text)
Note = NewType("Note", str)

NOT_UNICODE: Final = RefusalCode("definitions.NotUnicode")
EMPTY_TEXT: Final = RefusalCode("definitions.EmptyText")
TEXT_TOO_LONG: Final = RefusalCode("definitions.TextTooLong")
HIDDEN_CHARACTER: Final = RefusalCode("definitions.HiddenCharacter")
NUMBER_IN_TEXT: Final = RefusalCode("definitions.NumberInText")
NOT_A_PERSONAL_NUMBER: Final = RefusalCode("definitions.NotAPersonalNumber")
RESERVE_NUMBER: Final = RefusalCode("definitions.ReserveNumber")
REF_LOOKS_PERSONAL: Final = RefusalCode("definitions.RefLooksPersonal")
REF_MALFORMED: Final = RefusalCode("definitions.RefMalformed")
# The most characters of each.
MOST_OF_NAME: Final = 64
MOST_OF_TITLE: Final = 200
MOST_OF_TEXT: Final = 1_000
MOST_OF_NOTE: Final = 20_000
# Control characters; line breaks of all kinds; what turns, joins or hides letters; and letters that are blank.
_HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff"
)
_HIDDEN_IN_TEXT: Final = re.compile(f"[{_HIDDEN}]")
# A text of several lines may have been pasted from anywhere, and is shown to few: only what steers a terminal or turns it is kept out.
_HIDDEN_IN_NOTE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER: Final = re.compile(r"(?:(\d{2})?(\d{2}))(\d{2})(\d{2})([-+ ]?)(\d{4})")
_RESERVE: Final = re.compile(r"\d{6,8}[-+ ]?(?=\w*[A-Z])[A-Z0-9]{4}", re.IGNORECASE)
_REF: Final = re.compile(r"[0-9a-zåäöA-ZÅÄÖ][0-9a-zåäöA-ZÅÄÖ._-]{0,31}")


def composed(text: str, place: str) -> str:
    """Bring a text from outside into form; `place` says where it was given: an argument, a column, a file.

    Raises:
        Refusal: NOT_UNICODE, which names the place and never repeats the text.

    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NOT_UNICODE(place=place) from None
    return normalize("NFC", text)


def parse_text(text: str, place: str, most: int = MOST_OF_TEXT) -> Text:
    """Take a text of one line, without blanks around it.

    Args:
        text: what was given.
        place: where it was given.
        most: how many characters it may have.

    Raises:
        Refusal: NOT_UNICODE, EMPTY_TEXT, TEXT_TOO_LONG, HIDDEN_CHARACTER or NUMBER_IN_TEXT.

    """
    found = _bounded(text, place, most, _HIDDEN_IN_TEXT)
    check_number_free(found, place)
    return Text(found)


def parse_name(text: str, place: str) -> Name:
    """Take the name of somebody at work or of an employer, of at most 64 characters. Raises as `parse_text`."""
    return Name(parse_text(text, place, MOST_OF_NAME))


def parse_title(text: str, place: str) -> Text:
    """Take the name of a participant, which is locked, or of a step, of at most 200 characters. Raises as `parse_text`."""
    return parse_text(text, place, MOST_OF_TITLE)


def parse_note(text: str, place: str) -> Note:
    """Take a free text that is locked: of several lines, and with whatever number stands in it. Raises as `parse_text`."""
    return Note(_bounded(text.replace("\r\n", "\n"), place, MOST_OF_NOTE, _HIDDEN_IN_NOTE))


def _bounded(text: str, place: str, most: int, hidden: re.Pattern[str]) -> str:
    # Cut before it is composed, which takes long for what is endless.
    found = composed(text[: 4 * most], place).strip()
    if not found:
        raise EMPTY_TEXT(place=place)
    if len(found) > most or len(text) > 4 * most:
        raise TEXT_TOO_LONG(place=place, most=most)
    if strange := hidden.search(found):
        raise HIDDEN_CHARACTER(place=place, character=f"U+{ord(strange[0]):04X}")
    return found


def hidden_sign(text: str) -> str:
    """The first character that no text of several lines may have, as `U+202E`; empty where there is none."""
    return f"U+{ord(strange[0]):04X}" if (strange := _HIDDEN_IN_NOTE.search(text)) else ""


def check_number_free(text: str, place: str) -> None:
    """Hold that a text has nothing like a personal number in it. Raises NUMBER_IN_TEXT, which names the place alone."""
    if looks_personal(text):
        raise NUMBER_IN_TEXT(place=place)


def fits_log(value: Any) -> bool:
    """Whether a JSON value may stand in the log: no control character or half one in it, and nothing like a personal number."""
    if isinstance(value, dict):
        return all(fits_log(name) and fits_log(part) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(map(fits_log, value))
    if isinstance(value, str):
        return not (_HIDDEN_IN_NOTE.search(value) or looks_personal(value))
    return isinstance(value, bool) or value is None or not looks_personal(str(value))


def is_name(value: Any) -> bool:
    """Whether this may stand in the log as a name."""
    try:
        return isinstance(value, str) and parse_name(value, "") == normalize("NFC", value)
    except Refusal:
        return False


def parse_ref(text: str) -> Ref:
    """Check a reference that a person gave, and return it composed (NFC).

    Raises:
        Refusal: REF_LOOKS_PERSONAL or REF_MALFORMED.

    """
    ref = composed(text, "REF")
    if looks_personal(ref):
        raise REF_LOOKS_PERSONAL()
    if not _REF.fullmatch(ref) or ref.casefold() == "track":
        raise REF_MALFORMED()
    return Ref(Text(ref))


def is_ref(text: str) -> bool:
    """Whether this may be a reference."""
    try:
        parse_ref(text)
    except Refusal:
        return False
    return True


def parse_personal_number(text: str, today: date) -> PersonalNumber:
    """Parse a personnummer or samordningsnummer as people write it; `today` tells the century of a short one.

    Raises:
        Refusal: NOT_A_PERSONAL_NUMBER or RESERVE_NUMBER, neither of which repeats what was written.

    """
    tidy = normalize("NFKC", text).strip()
    found = _NUMBER.fullmatch(tidy) if tidy.isascii() else None
    if found is None:
        raise RESERVE_NUMBER() if _RESERVE.fullmatch(tidy) else NOT_A_PERSONAL_NUMBER()
    century, year, month, day, sign, last = found.groups()
    if not checks(f"{year}{month}{day}{last}"):
        raise NOT_A_PERSONAL_NUMBER()
    full = int(century + year) if century else _full_year(int(year), int(month), int(day), sign, today)
    coordination = int(day) >= COORDINATION
    born = _born(full, int(month), int(day) - (COORDINATION if coordination else 0), coordination, today)
    return PersonalNumber(f"{full:04d}{month}{day}{last}", "samordningsnummer" if coordination else "personnummer", full, born)


def _full_year(year: int, month: int, day: int, sign: str, today: date) -> int:
    """The latest year that is not in the future; `+` is written from the year that the person becomes 100, whichever day that is."""
    full = today.year - (today.year - year) % 100
    unborn = full == today.year and (month, day % COORDINATION) > (today.month, today.day)
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
