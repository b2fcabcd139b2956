"""The rows that the engine reads and writes, as plain values: enrolment and track snapshots, claims, todos."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tracks.events.streams import ref_of

if TYPE_CHECKING:
    from datetime import date

    from tracks.events.fold import Progress, TrackState
    from tracks.events.ranks import Rank

GENESIS = bytes(32)


def participant(stream: str, progress: Progress) -> str:
    """The reference of the participant whose enrolment this is: that of the stream's name, or the one that it was merged into."""
    merged = progress.value("merged")
    return str(merged["into"]) if merged else ref_of(stream)


class Claim(NamedTuple):
    """What an enrolment asks of something shared.

    `resource` is the text of a `tracks.events.resources.Resource`; `state` is waiting, proposed or holding; `rank` is a
    `QueueRank` of one who waits or is proposed, and of one who holds a text (see `tracks.events.ranks.Rank`).
    """

    resource: str
    state: str
    attempt: int
    since: date
    rank: Rank


class Todo(NamedTuple):
    """One thing for a person to do.

    `kind` is the text of a `tracks.events.todos.TodoKind`, `role` who should do it, `due` the day it should be done, if any.
    """

    kind: str
    step: str
    attempt: int
    role: str
    since: date
    due: date | None


@dataclass(slots=True)
class Enrolment:
    """The snapshot of one stream; `progress` is its fold and the rest follows from it.

    Mutable on purpose: the slice loop moves it forward in a batch, and the store writes it once.
    """

    stream: str
    ref: str
    track: str
    progress: Progress
    person: str | None = None
    status: str = "referred"
    version: int | None = None
    seq: int = 0
    head: bytes = GENESIS
    last: date | None = None
    due: date | None = None
    shard: int = 0
    start: date | None = None
    step: str = ""
    since: date | None = None
    recorded: str = ""
    claims: tuple[Claim, ...] = ()
    todos: tuple[Todo, ...] = ()


@dataclass(slots=True)
class TrackRow:
    """The snapshot of `track/ID`: the version in force, and how far the slices have come."""

    id: str
    version: int
    state: TrackState
    coupled: bool = False
    frontier: date | None = None
    pending: bool = False
    due: date | None = None
    seq: int = 0
    head: bytes = GENESIS
    recorded: str = ""
    todos: tuple[Todo, ...] = field(default=())
