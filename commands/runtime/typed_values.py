"""Values as people type them, in an option or in a cell of a file, parsed to what an event holds."""

from __future__ import annotations

import os
import re
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.runtime import errors
from definitions.model.personal_numbers import names_person
from definitions.model.words import NUMBER_IN_TEXT
from tracks.events.codes import CHANNELS
from tracks.texts import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The fields of events that hold codes, each with the table of its words in the catalogue.
_CODED: Final = {"reason": "reason", "channel": "channel", "result": "result", "outcome": "outcome", "what": "outcome"}
_LIMIT_DIGITS: Final = 6
_BIRTH_MONTH: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def parse_channel(text: str) -> str:
    """Parse a way in to its code.

    Raises:
        Refusal: BAD_CHANNEL for any other word, because the log holds no free text.

    """
    code = code_of("channel", text)
    if code not in CHANNELS:
        raise errors.BAD_CHANNEL(value=text[:40], channels=", ".join(CHANNELS))
    return code


def parse_birth_month(text: str | None) -> str | None:
    """Parse a year and month of birth, `YYYY-MM`.

    Raises:
        Refusal: BAD_BORN for anything else; a full date of birth is more than is needed, so it is not taken.

    """
    if text is not None and not _BIRTH_MONTH.fullmatch(text):
        raise errors.BAD_BORN(value=text[:10])
    return text


def parse_codes(data: Mapping[str, Any]) -> dict[str, Any]:
    """Parse the data of an event in words of either language to the codes of the log; what is no code stays as it is."""
    return {name: code_of(_CODED[name], value) if name in _CODED and isinstance(value, str) else value for name, value in data.items()}


def parse_number(option: str, text: str) -> int:
    """Parse the number of an event, as `history` shows it.

    Raises:
        Refusal: BAD_CHOICE, which names the option.

    """
    if not text.isdecimal() or len(text) > len("1000000"):
        raise errors.BAD_CHOICE(name=option, choices="1, 2, 3 …", value=text[:20])
    return int(text)


def parse_limit(text: str) -> int:
    """Parse the least count of people that is shown.

    Raises:
        Refusal: BAD_CHOICE.

    """
    if not text.isdecimal() or len(text) > _LIMIT_DIGITS:
        raise errors.BAD_CHOICE(name="--limit", choices="0, 1, 2 …", value=text[:20])
    return int(text)


def check_file_name(path: str, place: str) -> None:
    """Hold that a file has nothing like a personal number in its name, nor a folder that would be made for it. Raises NUMBER_IN_TEXT."""
    file = Path(path)
    made = takewhile(lambda folder: not os.path.lexists(folder), file.parents)
    if names_person("/".join([*(folder.name for folder in reversed([*made])), file.name])):
        raise NUMBER_IN_TEXT(place=place)


def check_choice(option: str, text: str, choices: Sequence[str]) -> None:
    """Check that what was typed is one of the choices.

    Args:
        option: the option, for the refusal.
        text: the word as typed.
        choices: the words that can be typed.

    Raises:
        Refusal: BAD_CHOICE, which lists the choices.

    """
    if text not in choices:
        raise errors.BAD_CHOICE(name=option, choices=", ".join(choices), value=text[:20])


def parse_reason(text: str | None, default: str = "") -> dict[str, str]:
    """Parse a reason to the data of an event, `{"reason": code}`; empty where there is none, nor a default."""
    # A word that is no code stays as it is: which reasons there are is validated with the fact.
    code = code_of("reason", text) if text else default
    return {"reason": code} if code else {}


def parse_length(text: str, sign: int) -> dict[str, Any]:
    """Parse by how much a step is made longer (`sign` 1) or shorter (-1) to the data of an event, `{"count": -2, "unit": "weeks"}`.

    Raises:
        Refusal: BAD_LENGTH.

    """
    from definitions.model.vocabulary import UNITS

    count, _, unit = text.strip().casefold().partition(" ")
    if not count.isdecimal() or len(count) > len("1000") or unit not in UNITS:
        raise errors.BAD_LENGTH(value=text[:40])
    return {"count": sign * int(count), "unit": UNITS[unit]}
