"""Ids of streams: `REF/n`, a participant's n-th enrolment, or `track/ID`, the track's own stream."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

_TRACK: Final = "track"
# For SQL texts that put the stream of a track together from its id.
TRACK_PREFIX: Final = f"{_TRACK}/"


class StreamId(NamedTuple):
    """Whose stream it is: `owner` is a participant's reference or the word `track`, `name` the number or the track's id."""

    owner: str
    name: str | None = None

    @classmethod
    def parse(cls, text: str) -> StreamId:
        """Parse an id; a reference alone, as people type it, has no name."""
        owner, slash, name = text.partition("/")
        return cls(owner, name if slash else None)

    def __str__(self) -> str:
        """Return the id as it is stored."""
        return self.owner if self.name is None else f"{self.owner}/{self.name}"

    @property
    def track(self) -> str | None:
        """The id of the track; None for a participant's stream."""
        return self.name if self.owner == _TRACK else None


def track_stream(track: str) -> str:
    """Return the id of a track's own stream, as it is stored."""
    return str(StreamId(_TRACK, track))


def enrolment_stream(ref: str, number: int) -> str:
    """Return the id of a participant's n-th enrolment, as it is stored."""
    return str(StreamId(ref, str(number)))


def ref_of(stream: str) -> str:
    """Return the participant's reference."""
    return StreamId.parse(stream).owner


def shard_of(stream: str) -> int:
    """Return a number from 0 to 255: the first byte of the SHA-256, so that it never depends on the order of anything."""
    return sha256(stream.encode()).digest()[0]
