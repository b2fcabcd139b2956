"""The shard of a stream: the first byte of its SHA-256, so that it never depends on the order of anything."""

from __future__ import annotations

from hashlib import sha256


def shard_of(stream: str) -> int:
    """A number from 0 to 255."""
    return sha256(stream.encode()).digest()[0]
