"""Canonical JSON: one text for one value, so that its hash is the same for whoever works it out."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_encoder: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """Return JSON with sorted keys, no spaces, composed letters (NFC) and no floats.

    Raises:
        TypeError: The value holds a float, or something that JSON does not know.

    """
    _refuse_floats(value)
    text = _encoder.encode(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def composed(value: Any) -> Any:
    """Return a JSON value with every text in it composed (NFC), as its canonical text has it.

    What is folded of an event must be what its text says, or the snapshot would differ from the log without anybody's doing.
    """
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {composed(name): composed(part) for name, part in value.items()}
    return [composed(part) for part in value] if isinstance(value, list) else value


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)


@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """Return a text as canonical JSON; cached, because streams repeat the same few words."""
    return canonical(text)


@lru_cache(maxsize=4096)
def _one_word(key: str, value: str) -> str:
    return canonical({key: value})


def data_text(data: Mapping[str, Any]) -> str:
    """Return the canonical JSON of an event's data; most events hold nothing, or one word that recurs."""
    if not data:
        return "{}"
    if len(data) == 1:
        ((key, value),) = data.items()
        if type(value) is str:
            return _one_word(key, value)
    return canonical(data)
