"""A track as it is stored: JSON of its meaning in the order it was written, and the hash that names it in every event."""

from __future__ import annotations

import json
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from tracks.events.canonical_json import canonical

if TYPE_CHECKING:
    from definitions.model.track import Track

_ordered: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def compiled(track: Track) -> str:
    """The text that a version is stored as; `definitions.model.stored_track.parse_stored_track` restores the track from it."""
    # The order of facts, texts and results means nothing to the engine, but people read them in the order they were written.
    return unicodedata.normalize("NFC", _ordered.encode(track.meaning()))


def track_hash(track: Track) -> bytes:
    """SHA-256 of the canonical JSON of the meaning, whatever its order."""
    return sha256(canonical(track.meaning()).encode()).digest()


def stored_hash(text: str) -> bytes:
    """The hash of a stored text; of one that is no JSON, none that any track has."""
    try:
        return sha256(canonical(json.loads(text)).encode()).digest()
    except (ValueError, TypeError):
        return b""
