"""How wide a text may become, and its division into lines: guessed wide enough for any common font, because none is shipped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

Face = Literal["plain", "bold"]

# In ems, after DejaVu Sans, which is wider than the sans-serif of any common system.
_THIN: Final = frozenset("'ijlIJ.,·’:;/\\| \u00a0")
_SLIM: Final = frozenset("ft()[]!r-")
_WIDE: Final = frozenset("mwMW%@—…+<=>#&→½")
_BOLD: Final = 1.13
_BEYOND_LETTERS: Final = "\u2100"  # signs, pictures and the scripts of Asia
_SPACE: Final = re.compile("[ \\t\\n\\r]+")  # not the space that holds words together
_PART: Final = re.compile(r"[^\-/]+[\-/]?|[\-/]")


def text_width(text: str, size: float, face: Face = "plain") -> float:
    """Estimate how wide a text becomes at most, in the units of its size.

    Args:
        text: One line.
        size: The size of the font.
        face: Its weight.

    """
    return sum(map(_em, text)) * size * (_BOLD if face == "bold" else 1)


def _em(letter: str) -> float:
    if combining(letter):
        return 0
    if letter in _THIN:
        return 0.35
    if letter in _SLIM:
        return 0.42
    if letter in _WIDE or letter >= _BEYOND_LETTERS or east_asian_width(letter) in "WF":
        return 1.03
    return 0.79 if letter.isupper() else 0.65


def wrap(text: str, room: float, size: float, face: Face = "plain") -> tuple[str, ...]:
    """Divide a text into lines that fit; a word that is too long is divided too, at its own hyphen if it has one.

    Args:
        text: The text, as one line.
        room: The width that a line may have, in the units of its size.
        size: The size of the font.
        face: Its weight.

    """
    lines, used = [""], 0.0
    for word in _SPACE.split(text):
        for n, part in enumerate(_parts(word, room, size, face)):
            joint = " " if n == 0 and lines[-1] else ""
            more = text_width(f"{joint}{part}", size, face)
            if not lines[-1] or used + more <= room:
                lines[-1], used = f"{lines[-1]}{joint}{part}", used + more
            else:
                lines.append(part)
                used = text_width(part, size, face)
    return tuple(lines)


def _parts(word: str, room: float, size: float, face: Face) -> Iterator[str]:
    if text_width(word, size, face) <= room:
        yield word
        return
    for part in _PART.findall(word):
        yield from _divided(part, room, size, face)


def _divided(part: str, room: float, size: float, face: Face) -> Iterator[str]:
    """One part of a word in pieces that fit, each but the last with a hyphen."""
    piece, used = "", text_width("-", size, face)
    for letter in part:
        more = text_width(letter, size, face)
        if piece and used + more > room:
            yield f"{piece}-"
            piece, used = "", text_width("-", size, face)
        piece, used = piece + letter, used + more
    yield piece
