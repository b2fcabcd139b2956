"""The one door for text from outside: composed (NFC) and valid Unicode, or refused by its place.

The same letter can be one character or a letter with its mark apart (NFD, as names from a Mac often are). They look alike and are not
equal, so what is kept and compared must have one form. A byte that is no UTF-8 arrives as half a character, which nothing can keep.
"""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from definitions.model.refusal import RefusalCode

NOT_UNICODE: Final = RefusalCode("definitions.NotUnicode")


def words(text: str, place: str) -> str:
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
