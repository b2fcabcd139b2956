"""Verification: every hash made again, every fold held against its snapshot, and the heads against an outside copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from heapq import merge
from itertools import groupby, repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.refusal import Refusal
from definitions.model.stored_track import parse_stored_track
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.audit.derived_state import Derived, Kept, pinned
from tracks.audit.discrepancies import Discrepancy
from tracks.engine.context.compiled_track import stored_hash
from tracks.engine.context.labels import labels_of
from tracks.errors import EXPORT_UNREADABLE
from tracks.events.canonical_json import canonical
from tracks.events.fold import Progress, encode, evolve, standing
from tracks.events.hash_chain import seal
from tracks.events.roles import assigned, known_as
from tracks.events.snapshots import GENESIS, participant
from tracks.events.streams import StreamId, shard_of, track_stream
from tracks.storage import audit, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracks.events.event import Event
    from tracks.storage.ledger import SqlLedger
    from tracks.storage.session import Session

    Versions = Mapping[tuple[str, int], audit.Version]

# What a row that was changed outside the program raises while it is read.
UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
_FORMAT: Final = "jobbspar-heads-1"
_LEAF: Final = b"\0jobbspar-head-1\0"
_NODE: Final = b"\1"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and what was found; sound when nothing was."""

    streams: int
    events: int
    breaks: tuple[Discrepancy, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.breaks


class _Stream(NamedTuple):
    """One stream: its rows in the log, its snapshot, and what is derived of it."""

    name: str
    log: list[Any]
    snapshot: audit.Snapshot | None
    claims: list[Any]
    todos: list[Any]


class _Against(NamedTuple):
    """What every stream is held against: the versions of the tracks, the tracks by hash, and what follows on those that are whole."""

    versions: Versions
    tracks: Mapping[str, str]
    altered: frozenset[str]
    derived: Derived


def verify(ledger: SqlLedger, streams: Sequence[str] | None = None, progress: WorkProgress = SILENT) -> Verified:
    """Hold the whole database, or some streams of it, against itself; reads one state of it and changes nothing.

    Args:
        ledger: The database.
        streams: The streams; None for all.
        progress: Is told how many streams have been looked at.

    """
    progress.begin(Stage.EXAMINING_DATABASE)
    with ledger.snapshot(), ledger.undecoded():
        versions = audit.versions(ledger)
        altered = altered_in(versions)
        derived = Derived(ledger, None if altered else versions)
        held = _Against(versions, by_hash(versions), frozenset(track for track, _ in altered), derived)
        breaks = list(_whole(ledger, versions, altered)) if streams is None else []
        count = events = 0
        total = audit.count_streams(ledger) if streams is None else len(streams)
        for stream in progress.each(_streams(ledger, streams), Stage.VERIFYING, total):
            count += bool(stream.log or stream.snapshot)
            events += len(stream.log)
            breaks.extend(_check(stream, held))
    return Verified(count, events, tuple(one.legible() for one in breaks))


def altered_in(versions: Versions) -> list[tuple[str, int]]:
    """The versions whose text is not the one that was put in force."""
    return [key for key, kept in sorted(versions.items()) if stored_hash(kept.compiled) != kept.hash]


def by_hash(versions: Versions) -> dict[str, str]:
    """The track that each hash in a referral means."""
    return {kept.hash.hex(): track for (track, _), kept in versions.items()}


def logged_track(stream: str, referral: Mapping[str, Any], tracks: Mapping[str, str]) -> str | None:
    """Answer the track of a stream as its log says it: by name, or by the hash that the referral holds.

    Args:
        stream: The stream, as `REF/n` or `track/ID`.
        referral: The data of its first event.
        tracks: The id of each track by the hash of each of its versions, in hexadecimal.

    Returns:
        The id; None where the log names none that is known.

    """
    track = StreamId.parse(stream).track
    if track is not None:
        return track
    return tracks.get(str(referral.get("track"))) if isinstance(referral, dict) else None


def _whole(session: Session, versions: Versions, altered: Sequence[tuple[str, int]]) -> Iterator[Discrepancy]:
    yield from (Discrepancy("damage", what=what) for what in audit.damage(session))
    yield from (Discrepancy("dangling", what=table) for table in audit.dangling(session))
    yield from (Discrepancy("version", track, version) for track, version in altered)
    for (track, version), kept in sorted(versions.items()):
        if (track, version) not in altered and labels_of(parse_stored_track(kept.compiled)) != kept.labels:
            yield Discrepancy("labels", track_stream(track), version)


def _streams(session: Session, streams: Sequence[str] | None) -> Iterator[_Stream]:
    """Logs, snapshots, claims and todos side by side, all in order of stream."""
    tables = (audit.logs, audit.snapshots, audit.claims, audit.todos)
    numbered = (zip(repeat(number), table(session, streams)) for number, table in enumerate(tables))
    for name, group in groupby(merge(*numbered, key=_stream_of), key=_stream_of):
        found: tuple[list[Any], ...] = ([], [], [], [])
        for number, row in group:
            found[number].append(row)
        log, snapshots, claims, todos = found
        yield _Stream(name, log, next(iter(snapshots), None), claims, todos)


def _stream_of(numbered: tuple[int, Any]) -> str:
    return str(numbered[1].stream)


def _check(stream: _Stream, held: _Against) -> Iterator[Discrepancy]:
    """What is wrong with one stream: the first thing in the log from its beginning, then in the snapshot; else all that is derived."""
    kept = stream.snapshot
    # Rows of claims or todos that belong to nobody.
    if kept is None and not stream.log:
        yield Discrepancy("orphan", stream.name)
        return
    track = _track(stream, held.tracks)
    found = _check_log(stream, held.versions, track)
    # Nothing that follows can be told, or made anew, with a version that is not the one that was put in force.
    if held.altered & {track, kept.track if kept else None}:
        if found and not found.derived:
            yield found
    elif found:
        yield found
    elif kept:
        yield from _check_derived(stream, kept, held.derived)


def _track(stream: _Stream, tracks: Mapping[str, str]) -> str | None:
    try:
        said = json.loads(stream.log[0].data)
    # Somebody may have written anything into the file, also JSON too deep to read.
    except (IndexError, *UNREADABLE):
        said = {}
    return logged_track(stream.name, said, tracks)


def _check_log(stream: _Stream, versions: Versions, track: str | None) -> Discrepancy | None:
    events: list[Event] = []
    head = GENESIS
    for expected, row in enumerate(stream.log, start=1):
        if row.seq != expected:
            return Discrepancy("missing", stream.name, expected)
        try:
            event = rows.to_event(row)
            # The hash of an event that names a version seals the text of that version too.
            version = versions.get((track or "", event.version or 0))
            sound = _sound(event, row, version.hash if version else None, head)
        except UNREADABLE:
            return Discrepancy("unreadable", stream.name, expected)
        if not sound:
            return Discrepancy("changed", stream.name, expected)
        head = event.hash
        events.append(event)
    return _check_snapshot(stream, events, head, track)


def _sound(event: Event, row: Sequence[Any], track_hash: bytes | None, before: bytes) -> bool:
    # The text of the data is compared too: spaces or another order would give the same value.
    return seal(event, track_hash, before) == event.hash and rows.event_row(event) == tuple(row)


def _check_snapshot(stream: _Stream, events: list[Event], head: bytes, track: str | None) -> Discrepancy | None:
    kept = stream.snapshot
    if kept is None:
        return Discrepancy("no_snapshot", stream.name, len(events))
    # A head that stands nowhere in the log speaks for another one: events that are gone, or were sealed anew. That is never made to fit.
    if kept.head != head and kept.head not in (event.hash for event in events):
        return Discrepancy("head", stream.name, kept.seq)
    if (kept.seq, kept.head) != (len(events), head):
        return Discrepancy("snapshot", stream.name, len(events), "seq")
    wrong = next(_differences(kept, events, track), None)
    return Discrepancy("snapshot", stream.name, len(events), wrong) if wrong else None


def _differences(kept: audit.Snapshot, events: list[Event], track: str | None) -> Iterator[str]:
    """The columns of a snapshot that say another thing than its log."""
    stands = standing(events)
    progress = Progress()
    for event, position in stands:
        progress = evolve(progress, event, position)
    if rows.dump(encode(progress)) != kept.state:
        yield "state"
    if not kept.row:
        if kept.version != max((event.data["version"] for event, _ in stands if event.kind == "applied"), default=None):
            yield "version"
        # A track that shares something may have been looked at later, with nothing to record.
        if events and kept.recorded < events[-1].recorded:
            yield "recorded"
        return
    told = {
        "status": (kept.row["status"], str(progress.status)),
        "last": (kept.row["last"], rows.from_day(max((event.effective for event, _ in stands), default=None))),
        "start": (kept.row["start"], rows.from_day(progress.on("admitted"))),
        "roles": (kept.roles, {role: [name, known_as(name)] for role, name in assigned(progress)}),
        "recorded": (kept.recorded, events[-1].recorded if events else kept.recorded),
        "version": (kept.row["version"], pinned(stands)),
        "shard": (kept.row["shard"], shard_of(kept.stream)),
        "ref": (kept.row["ref"], participant(kept.stream, progress)),
        "track": (kept.track, track),
    }
    yield from (column for column, (snapshot, log) in told.items() if snapshot != log)


def _check_derived(stream: _Stream, kept: audit.Snapshot, derived: Derived) -> list[Discrepancy]:
    try:
        claims = [(row.track, rows.to_claim(row)) for row in stream.claims]
        todos = [(row.track, rows.to_todo(row)) for row in stream.todos]
        one = rows.to_enrolment([*kept.row.values()], (), ()) if kept.row else None
        filed = Kept(claims, todos)
        return list(derived.of_person(one, filed) if one else derived.of_track(kept.track, filed))
    except (*UNREADABLE, Refusal):  # of this stream, or of what is decided from with it
        return [Discrepancy("illegible", stream.name, kept.seq)]


def merkle_root(heads: Iterable[tuple[str, int, bytes]]) -> bytes:
    """One hash over the heads of all streams, in order of stream."""
    level = [sha256(_LEAF + canonical([stream, seq]).encode() + head).digest() for stream, seq, head in sorted(heads)]
    # An odd one out goes up unchanged; leaves and nodes are hashed apart, so that no node can pass for a leaf.
    while len(level) > 1:
        pairs = [sha256(_NODE + one + other).digest() for one, other in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[2 * len(pairs) :]
    return level[0] if level else sha256(_LEAF).digest()


def export(session: Session) -> str:
    """The list of heads with its Merkle root, to be kept by another system."""
    heads = audit.heads(session)
    listed = {stream: [seq, head.hex()] for stream, seq, head in heads}
    return canonical({"format": _FORMAT, "root": merkle_root(heads).hex(), "heads": listed}) + "\n"


def against(session: Session, exported: str, path: str = "", progress: WorkProgress = SILENT) -> list[Discrepancy]:
    """Find what of an exported list does not stand in the log any more; what was written since is not looked at.

    Args:
        session: Where it is kept.
        exported: The text that `export` wrote.
        path: Where it was read, for the refusal.
        progress: Is told how many heads have been compared.

    Returns:
        What is gone or replaced, by stream.

    Raises:
        EXPORT_UNREADABLE: The text is no such list, or its root does not fit it.

    """
    with session.snapshot():
        heads = _read_export(exported, path)
        found = (_compare(session, *head) for head in progress.each(heads, Stage.COMPARING_HEADS, len(heads), path))
        return [one for one in found if one]


def _compare(session: Session, stream: str, seq: int, head: bytes) -> Discrepancy | None:
    now = audit.hash_at(session, stream, seq)
    if now is None:
        return Discrepancy("tail", stream, seq)
    return None if now == head else Discrepancy("replaced", stream, seq)


def _read_export(exported: str, path: str) -> list[tuple[str, int, bytes]]:
    try:
        read = json.loads(exported)
        heads = [(str(stream), int(seq), bytes.fromhex(head)) for stream, (seq, head) in read["heads"].items()]
        if read["format"] != _FORMAT or merkle_root(heads).hex() != read["root"]:
            raise EXPORT_UNREADABLE(path=path)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise EXPORT_UNREADABLE(path=path) from None
    return sorted(heads)
