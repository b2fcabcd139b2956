"""A track as it is stored: canonical JSON of its meaning, and the hash that names it in every event."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tracks.log import canonical

if TYPE_CHECKING:
    from definitions.model import Track


def compiled(track: Track) -> str:
    """The text that a version is stored as; `definitions.stored.track_of` restores the track from it."""
    return canonical(track.meaning())


def track_hash(track: Track) -> bytes:
    """SHA-256 of the compiled text."""
    return sha256(compiled(track).encode()).digest()
