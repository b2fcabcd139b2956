"""The catalogue of every word on a page, in Swedish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions import texts
from tracks.documents.texts_codes import CODES
from tracks.documents.texts_handbook import HANDBOOK
from tracks.documents.texts_report import REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.vocabulary import Lang

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    key: {"sv": swedish, "en": english} for part in (CODES, HANDBOOK, REPORT) for key, (swedish, english) in part.items()
}


def say(key: str, lang: Lang, **values: Any) -> str:
    """A text of the catalogue with its values filled in."""
    return texts.say(TEXTS, key, lang, **values)


def has(key: str) -> bool:
    """Whether the catalogue has this text."""
    return key in TEXTS
