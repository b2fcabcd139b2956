"""What `verify` asks of the store: every log, and the snapshots to hold them against."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
from heapq import merge
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.events.streams import TRACK_PREFIX
from tracks.storage import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tracks.storage.session import Session


class Snapshot(NamedTuple):
    """What the snapshot of a stream says of its log; `row` is all of that of an enrolment."""

    stream: str
    track: str
    seq: int
    head: bytes
    recorded: str
    state: str
    status: str | None = None
    last: str | None = None
    start: str | None = None
    version: int | None = None
    shard: int = 0
    roles: str | None = None
    row: tuple[Any, ...] = ()


class Owner(NamedTuple):
    """What of an enrolment stands in its snapshot alone, and when the engine is to look; None where that cannot be read."""

    stream: str
    person: str | None
    due: date | None


def owners(session: Session, streams: Sequence[str]) -> list[Owner]:
    """Whose enrolments these are; those that do not exist are left out."""
    where, values = _among(streams)
    found = session.rows(f"SELECT stream, person, date(due) FROM enrolment {where} ORDER BY stream", values)
    return [Owner(stream, person, rows.to_day(due)) for stream, person, due in found]


def logs(session: Session, streams: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    """The rows of the log by stream and seq; of some streams, or of all."""
    where, values = _among(streams)
    yield from session.each(f"SELECT {rows.EVENT} FROM event {where} ORDER BY stream, seq", values)


_ROLES: Final = "(SELECT json_group_object(role, json_array(person, known_as)) FROM assigned a WHERE a.stream = enrolment.stream)"


def snapshots(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    """The snapshots by stream, those of tracks among them."""
    return merge(_enrolments(session, streams), _tracks(session, streams))


def _enrolments(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    where, values = _among(streams)
    for *row, roles in session.each(f"SELECT {rows.ENROLMENT}, {_ROLES} FROM enrolment {where} ORDER BY stream", values):
        stream, _, track, _, status, version, seq, head, last, _, shard, start, _, _, recorded, state = row
        yield Snapshot(stream, track, seq, head, recorded, state, status, last, start, version, shard, roles, tuple(row))


def _tracks(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    where, values = _among(streams)
    sql = f"SELECT '{TRACK_PREFIX}' || id AS stream, id, seq, head, recorded, state FROM track {where} ORDER BY 1"
    yield from (Snapshot(*row) for row in session.each(sql, values))


def claims(session: Session, streams: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    """The claims by stream, each with its track."""
    where, values = _among(streams)
    sql = f"SELECT stream, track, resource, state, attempt, since, rank FROM claim {where} ORDER BY stream, resource"
    yield from session.each(sql, values)


def todos(session: Session, streams: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    """The todos by stream, those of tracks among them, each with its track."""
    where, values = _among(streams)
    yield from session.each(f"SELECT stream, track, kind, step, attempt, role, since, due FROM todo {where} ORDER BY stream", values)


def _among(streams: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if streams is None else ("WHERE stream IN (SELECT value FROM json_each(?))", (json.dumps(streams),))


class Version(NamedTuple):
    """What is kept of a version of a track: its hash, its compiled text, and the names that reading needs."""

    hash: bytes
    compiled: str
    labels: str


def versions(session: Session) -> dict[tuple[str, int], Version]:
    """Every version of every track."""
    found = session.rows("SELECT track, version, hash, compiled, labels FROM track_version")
    return {(track, version): Version(*kept) for track, version, *kept in found}


def furthest_run(session: Session) -> date | None:
    """The last day that any run was to come to."""
    return rows.to_day(session.rows("SELECT max(until) FROM run")[0][0])


def heads(session: Session) -> list[tuple[str, int, bytes]]:
    """The last event of each stream: stream, seq, hash."""
    sql = (
        "SELECT e.stream, e.seq, e.hash FROM (SELECT stream, max(seq) AS seq FROM event GROUP BY stream) m "
        "JOIN event e ON e.stream = m.stream AND e.seq = m.seq ORDER BY e.stream"
    )
    return [(stream, seq, sealed) for stream, seq, sealed in session.each(sql)]


def hash_at(session: Session, stream: str, seq: int) -> bytes | None:
    """The hash of one event."""
    found = session.rows("SELECT hash FROM event WHERE stream = ? AND seq = ?", (stream, seq))
    return found[0][0] if found else None


def damage(session: Session) -> list[str]:
    """What SQLite itself finds wrong with the file, in its own words; empty when nothing."""
    return [text for (text,) in session.rows("PRAGMA integrity_check(10)") if text != "ok"]


def dangling(session: Session) -> list[str]:
    """The tables with rows that refer to one that is not there."""
    return sorted({str(row[0]) for row in session.rows("PRAGMA foreign_key_check")})
