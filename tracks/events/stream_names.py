"""What the name of a stream says: whose it is, and its shard."""

from __future__ import annotations

from hashlib import sha256


def shard_of(stream: str) -> int:
    """A number from 0 to 255: the first byte of the SHA-256, so that it never depends on the order of anything."""
    return sha256(stream.encode()).digest()[0]


def ref_of(stream: str) -> str:
    """The participant's reference."""
    return stream.rpartition("/")[0]
