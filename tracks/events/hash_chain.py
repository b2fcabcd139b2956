"""Canonical JSON, and the hash chain of a stream."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tracks.events.event import Draft, Event
from tracks.events.streams import track_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracks.events.snapshots import Enrolment, TrackRow

_DOMAIN = b"jobbspar-event-1\0"
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, composed letters (NFC) and no floats.

    Raises TypeError for a float or a value that JSON does not know.
    """
    _refuse_floats(value)
    text = _encoder.encode(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)


@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """A text as canonical JSON; cached, because streams repeat the same few words."""
    return canonical(text)


@lru_cache(maxsize=4096)
def _one_word(key: str, value: str) -> str:
    return canonical({key: value})


def data_text(data: Mapping[str, Any]) -> str:
    """The canonical JSON of an event's data; most events hold nothing, or one word that recurs."""
    if not data:
        return "{}"
    if len(data) == 1:
        ((key, value),) = data.items()
        if type(value) is str:
            return _one_word(key, value)
    return canonical(data)


def seal(event: Event, track_hash: bytes | None, before: bytes) -> bytes:
    """The hash of an event whose predecessor in the stream has the hash `before` (32 zero bytes for the first)."""
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
    """Give drafts their place at the end of a stream; moves the snapshot's seq, head, recorded and last forward.

    `recorded` never goes back within a stream, whatever the clock says.
    """
    name = stream.stream if hasattr(stream, "stream") else track_stream(stream.id)
    when = max(recorded, stream.recorded)
    head, tail = f"[{quoted(name)},", _tail(when, actor, track_hash)
    seq, before, events = stream.seq, stream.head, []
    for draft in drafts:
        seq += 1
        before = _digest(head, seq, draft, tail, key, before)
        kind, effective, step, attempt, data = draft
        events.append(Event(name, seq, kind, step, attempt, effective, when, actor, version, data, key, before))
    if events:
        stream.seq, stream.head, stream.recorded = seq, before, when
    return events
