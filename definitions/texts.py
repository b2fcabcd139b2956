"""Everything shown to a person is said from a catalogue that holds it in Swedish and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def say(texts: Mapping[str, Mapping[str, str]], key: str, lang: str, /, **values: Any) -> str:
    """The text of a key in a language, with its values filled in."""
    return texts[key][lang].format(**values)
