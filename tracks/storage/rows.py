"""Rows of the store to values and back; the order of the columns stands here and nowhere else."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tracks.events.canonical_json import data_text
from tracks.events.event import Event
from tracks.events.fold import decode, encode
from tracks.events.ranks import parse
from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.fold import Progress

EVENT: Final = "stream, seq, kind, step, attempt, effective, recorded, actor, version, data, key, hash"
ENROLMENT: Final = "stream, ref, track, person, status, version, seq, head, last, due, shard, start, step, since, recorded, state"
TRACK: Final = "id, version, coupled, frontier, pending, due, seq, head, recorded, state"
CLAIM: Final = "track, resource, stream, state, attempt, since, rank"
TODO: Final = "stream, kind, step, attempt, role, since, due"

dump: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

# A batch holds few different days, and each stands in many rows.
_parsed: Final = lru_cache(maxsize=32_768)(date.fromisoformat)


def to_day(text: str | None) -> date | None:
    """The day of a column that may be empty."""
    return _parsed(text) if text else None


def from_day(day: date | None) -> str | None:
    """A day as it stands in a column."""
    return day.isoformat() if day else None


def event_row(event: Event) -> tuple[Any, ...]:
    """An event as a row."""
    stream, seq, kind, step, attempt, effective, recorded, actor, version, data, key, sealed = event
    return (stream, seq, kind, step, attempt, effective.isoformat(), recorded, actor, version, data_text(data), key, sealed)


def to_event(row: Sequence[Any]) -> Event:
    """A row of the log as an event."""
    stream, seq, kind, step, attempt, effective, recorded, actor, version, data, key, sealed = row
    said = json.loads(data) if data != "{}" else {}
    return Event(stream, seq, kind, step, attempt, _parsed(effective), recorded, actor, version, said, key, sealed)


# People who stand alike, and people read again unchanged, share one fold: it is frozen, and parsing it is what reading costs.
@lru_cache(maxsize=4096)
def to_progress(state: str) -> Progress:
    """The fold that a snapshot keeps as JSON."""
    return decode(json.loads(state))


def states_of(progresses: Iterable[Progress]) -> dict[int, str]:
    """The JSON of folds by identity; one that several people share is written out once."""
    each = {id(progress): progress for progress in progresses}
    return {name: dump(encode(progress)) for name, progress in each.items()}


def enrolment_row(enrolment: Enrolment, state: str) -> tuple[Any, ...]:
    """A snapshot as a row; `state` is the JSON of its fold."""
    e = enrolment
    return (
        e.stream, e.ref, e.track, e.person, str(e.status), e.version, e.seq, e.head, from_day(e.last), from_day(e.due),
        e.shard, from_day(e.start), e.step, from_day(e.since), e.recorded, state,
    )  # fmt: skip


def to_enrolment(row: Sequence[Any], claims: tuple[Claim, ...], todos: tuple[Todo, ...]) -> Enrolment:
    """A row of a snapshot, with what it claims and asks people to do."""
    stream, ref, track, person, status, version, seq, head, last, due, shard, start, step, since, recorded, state = row
    return Enrolment(
        stream, ref, track, to_progress(state), person, status, version, seq, head, to_day(last), to_day(due),
        shard, to_day(start), step, to_day(since), recorded, claims, todos,
    )  # fmt: skip


def track_row(track: TrackRow) -> tuple[Any, ...]:
    """The snapshot of a track as a row."""
    t = track
    return (
        t.id, t.version, int(t.coupled), from_day(t.frontier), int(t.pending), from_day(t.due), t.seq, t.head,
        t.recorded, dump(encode(t.state)),
    )  # fmt: skip


def to_track(row: Sequence[Any], todos: tuple[Todo, ...]) -> TrackRow:
    """A row of the snapshot of a track."""
    name, version, coupled, frontier, pending, due, seq, head, recorded, state = row
    return TrackRow(
        name, version, to_progress(state), bool(coupled), to_day(frontier), bool(pending), to_day(due), seq, head,
        recorded, todos,
    )  # fmt: skip


def claim_row(track: str, stream: str, claim: Claim) -> tuple[Any, ...]:
    """A claim as a row."""
    return (track, claim.resource, stream, claim.state, claim.attempt, claim.since.isoformat(), str(claim.rank))


def to_claim(resource: str, state: str, attempt: int, since: str, rank: str) -> Claim:
    """A row of `claim` without its track and stream."""
    return Claim(resource, state, attempt, _parsed(since), parse(rank))


def todo_row(track: str, stream: str, todo: Todo) -> tuple[Any, ...]:
    """A todo as a row, and its track."""
    return (stream, todo.kind, todo.step, todo.attempt, todo.role, todo.since.isoformat(), from_day(todo.due), track)


def to_todo(kind: str, step: str, attempt: int, role: str, since: str, due: str | None) -> Todo:
    """A row of `todo` without its stream."""
    return Todo(kind, step, attempt, role, _parsed(since), to_day(due))
