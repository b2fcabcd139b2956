"""The hash chain of a stream: each event is sealed with the hash of the one before it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from definitions.model.words import fits_log, is_name
from tracks.events.canonical_json import composed, data_text, quoted
from tracks.events.event import ENGINE_ACTOR, Draft, Event
from tracks.events.kinds.table import check_data
from tracks.events.streams import track_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.events.snapshots import Enrolment, TrackRow

_DOMAIN = b"jobbspar-event-1\0"


def seal(event: Event, track_hash: bytes | None, before: bytes) -> bytes:
    """The hash of an event.

    Args:
        event: the event; its own hash is not read.
        track_hash: the hash of the version of the track that it was written under, None where there was none.
        before: the hash of its predecessor in the stream, 32 zero bytes for the first.

    """
    head = f"[{quoted(event.stream)},"
    return _digest(head, event.seq, event.draft, _tail(event.recorded, event.actor, track_hash), event.key, before)


def _tail(recorded: str, actor: str, track_hash: bytes | None) -> str:
    hashed = f'"{track_hash.hex()}"' if track_hash else "null"
    return f'"{recorded}",{quoted(actor)},{hashed},'


def _digest(head: str, seq: int, draft: Draft, tail: str, key: str | None, before: bytes) -> bytes:
    kind, effective, step, attempt, data = draft
    row = (
        f'{head}{seq},{quoted(kind)},{quoted(step)},{attempt},"{effective.isoformat()}",{tail}{data_text(data)},'
        f"{'null' if key is None else quoted(key)}]"
    )
    return sha256(_DOMAIN + row.encode() + before).digest()


def append(
    stream: Enrolment | TrackRow,
    drafts: Iterable[Draft],
    *,
    actor: str,
    recorded: str,
    version: int | None,
    track_hash: bytes | None,
    key: str | None = None,
) -> list[Event]:
    """Give drafts their place at the end of a stream, and move the snapshot's seq, head and recorded forward.

    Args:
        stream: the snapshot of the stream.
        drafts: what is written, in order.
        actor: the name of the person who reports it, or `engine`.
        recorded: the instant of the clock, as UTC text; within a stream it never goes back, whatever the clock says.
        version: the number of the version of the track that it is written under.
        track_hash: the hash of that version.
        key: what the caller calls the fact, so that the same one is not written twice.

    Raises:
        TypeError: data does not fit its kind, or the actor or the key did not come through the door for texts.

    """
    if actor != ENGINE_ACTOR and not (is_name(actor) and fits_log(key)):
        raise TypeError("actor or key")
    name = stream.stream if hasattr(stream, "stream") else track_stream(stream.id)
    when = max(recorded, stream.recorded)
    head, tail = f"[{quoted(name)},", _tail(when, actor, track_hash)
    seq, before, events = stream.seq, stream.head, []
    for draft in drafts:
        # Nothing can be mended once it is in the chain; a fault of the program is to stop here, whoever made the draft.
        check_data(draft.kind, draft.data)
        seq += 1
        before = _digest(head, seq, draft, tail, key, before)
        kind, effective, step, attempt, data = draft
        events.append(Event(name, seq, kind, step, attempt, effective, when, actor, version, composed(data) if data else data, key, before))
    if events:
        stream.seq, stream.head, stream.recorded = seq, before, when
    return events
