"""The rows that the engine reads and writes, as plain values: enrolment and track snapshots, claims, todos."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from tracks.events.fold import Progress, TrackState

GENESIS = bytes(32)


class Claim(NamedTuple):
    """What an enrolment asks of something shared.

    `resource` is `intake` (rolling, or waiting for any start), `start:DATE`, `step:ID` or `subject:ID`;
    `state` is waiting, proposed or holding; `rank` is the sort key of the queue as canonical JSON.
    """

    resource: str
    state: str
    attempt: int
    since: date
    rank: str


class Todo(NamedTuple):
    """One thing for a person to do. `role` is who should; `due` the day it should be done, if any."""

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
