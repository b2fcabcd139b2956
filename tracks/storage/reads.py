"""The questions that the store and the light readers ask alike, each written once: rows of a `Source` in, values out.

They are text, because a light reader knows no SQLAlchemy; their columns are the lists of `tracks.storage.rows`.
"""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from tracks.events.streams import ref_of, track_stream
from tracks.storage.rows import CLAIM, ENROLMENT, EVENT, TODO, TRACK, listed, to_claim, to_event, to_todo, to_track

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracks.events.event import Event
    from tracks.events.snapshots import Claim, Todo, TrackRow
    from tracks.storage.dialects.words import Source

_ENROLMENTS: Final = f"SELECT {listed(ENROLMENT)} FROM enrolment"
_EVENTS: Final = f"SELECT {listed(EVENT)} FROM event WHERE stream = ? ORDER BY seq"
_LOGS: Final = (
    f"SELECT {listed(EVENT, 'e')} FROM enrolment n JOIN event e ON e.stream = n.stream WHERE n.track = ? ORDER BY n.stream, e.seq"
)
_TRACK: Final = f"SELECT {listed(TRACK)} FROM track WHERE id = ?"
_CLAIMS: Final = f"SELECT {listed(CLAIM)} FROM claim"
_TODOS: Final = f"SELECT {listed(TODO)} FROM todo"
# An identity is called by the reference under which it was kept first, and the streams of a reference lie between REF/ and REF0.
_PROTECTED: Final = (
    "SELECT stream FROM enrolment WHERE ref IN (SELECT e.ref FROM person p JOIN enrolment e "
    "ON e.stream > p.id || '/' AND e.stream < p.id || '0' WHERE p.protected)"
)
_STREAM: Final = ENROLMENT.index("stream")
_CLAIM_STREAM, _TODO_STREAM, _EVENT_STREAM = CLAIM.index("stream"), TODO.index("stream"), EVENT.index("stream")


def of_participant(ref: str, table: str = "enrolment") -> str:
    """The condition for the enrolments of a participant (`REF`), or for one of them (`REF/n`), with one place for what was asked."""
    # Two references of one person may have been merged; the row of the first enrolment of either has the one that she has now.
    return f"{table}.stream = ?" if "/" in ref else f"{table}.ref = (SELECT ref FROM enrolment WHERE stream = ? || '/1')"


def track_ids(source: Source) -> list[str]:
    """List the ids of all tracks, in order."""
    return [row[0] for row in source.rows("SELECT id FROM track ORDER BY id")]


def track_row(source: Source, track: str) -> TrackRow | None:
    """Read the snapshot of a track, with what is to be done about it."""
    found = source.rows(_TRACK, (track,))
    stream = track_stream(track)
    return to_track(found[0], todos_of(source, [stream]).get(stream, ())) if found else None


def version_text(source: Source, track: str, version: int) -> tuple[str, bytes] | None:
    """Read a version of a track as it was put in force.

    Args:
        source: Where it is kept.
        track: The id of the track.
        version: The number of the version, from 1.

    Returns:
        The compiled JSON and its hash; None where there is no such version.

    """
    found = source.rows("SELECT compiled, hash FROM track_version WHERE track = ? AND version = ?", (track, version))
    return (found[0][0], found[0][1]) if found else None


def version_source(source: Source, track: str, version: int) -> str:
    """The text of a version as its author wrote it; empty where there is none.

    Args:
        source: Where it is kept.
        track: The id of the track.
        version: The number of the version, from 1.

    """
    found = source.rows("SELECT source FROM track_version WHERE track = ? AND version = ?", (track, version))
    return str(found[0][0]) if found else ""


def enrolments(source: Source, streams: Iterable[str]) -> list[Any]:
    """Read the rows of some snapshots, by stream; those that do not exist are left out."""
    words = source.words
    return source.rows(f"{_ENROLMENTS} WHERE {words.among('stream')} ORDER BY stream", (words.array(streams),))


def enrolments_of(source: Source, ref: str) -> list[Any]:
    """Read the rows of all snapshots of a participant, the first one first."""
    found = source.rows(f"{_ENROLMENTS} WHERE {of_participant(ref)}", (ref,))
    return sorted(found, key=lambda row: (int(row[_STREAM].partition("/")[2]), row[_STREAM]))


def names_of(source: Source, ref: str) -> list[str]:
    """List the references of a participant: the one she has now, and those that were merged into it; what was asked where none is known."""
    found = source.rows(f"SELECT ref, stream FROM enrolment WHERE {of_participant(ref)} ORDER BY stream", (ref,))
    return list(dict.fromkeys([*(now for now, _ in found), *(ref_of(stream) for _, stream in found)])) or [ref]


def protected_streams(source: Source) -> frozenset[str]:
    """The enrolments of everybody whose identity is protected, also those with which nothing of it was kept."""
    return frozenset(row[0] for row in source.rows(_PROTECTED))


def enrolments_on(source: Source, track: str) -> list[Any]:
    """Read the rows of all snapshots of a track, by stream."""
    return source.rows(f"{_ENROLMENTS} WHERE track = ? ORDER BY stream", (track,))


def events_of(source: Source, stream: str) -> list[Event]:
    """Read the log of a stream."""
    return [to_event(row) for row in source.rows(_EVENTS, (stream,))]


def logs(source: Source, track: str) -> Iterator[tuple[str, Iterator[Event]]]:
    """Read the logs of everybody on a track, by stream; one that is skipped costs nothing."""
    for stream, found in groupby(source.each(_LOGS, (track,)), key=lambda row: str(row[_EVENT_STREAM])):
        yield stream, map(to_event, found)


def claims_on(source: Source, track: str) -> list[tuple[str, Claim]]:
    """Read all claims on what a track shares, each with its stream."""
    return [(row[_CLAIM_STREAM], to_claim(row)) for row in source.rows(f"{_CLAIMS} WHERE track = ?", (track,))]


def claims_of(source: Source, streams: Sequence[str]) -> dict[str, tuple[Claim, ...]]:
    """Read what some enrolments claim, by resource."""
    sql = f"{_CLAIMS} WHERE {source.words.among('stream')} ORDER BY stream, resource"
    found: dict[str, tuple[Claim, ...]] = {}
    for row in _among(source, sql, streams):
        # Tuples, because what was read is compared with what is to be written, and neither may change in between.
        found[row[_CLAIM_STREAM]] = (*found.get(row[_CLAIM_STREAM], ()), to_claim(row))
    return found


def todos_of(source: Source, streams: Sequence[str]) -> dict[str, tuple[Todo, ...]]:
    """Read what is to be done about some enrolments or tracks."""
    sql = f"{_TODOS} WHERE {source.words.among('stream')} ORDER BY stream, kind, step, attempt"
    found: dict[str, tuple[Todo, ...]] = {}
    for row in _among(source, sql, streams):
        found[row[_TODO_STREAM]] = (*found.get(row[_TODO_STREAM], ()), to_todo(row))
    return found


def _among(source: Source, sql: str, streams: Sequence[str]) -> list[Any]:
    return source.rows(sql, (source.words.array(streams),)) if streams else []
