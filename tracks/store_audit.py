"""What `verify` asks of the store: every log, and the snapshots to hold them against."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks import store_rows as rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracks.session import Session


class Snapshot(NamedTuple):
    """What the snapshot of a stream says of its log."""

    stream: str
    track: str
    seq: int
    head: bytes
    recorded: str
    state: str
    status: str | None
    last: str | None
    start: str | None
    roles: str | None


def logs(session: Session, streams: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    """The rows of the log by stream and seq; of some streams, or of all."""
    where, values = _among(streams)
    yield from session.each(f"SELECT {rows.EVENT} FROM event {where} ORDER BY stream, seq", values)


_ROLES: Final = "(SELECT json_group_object(role, json_array(person, known_as)) FROM assigned a WHERE a.stream = enrolment.stream)"


def snapshots(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    """The snapshots by stream, those of tracks among them."""
    where, values = _among(streams)
    sql = (
        f"SELECT stream, track, seq, head, recorded, state, status, last, start, {_ROLES} FROM enrolment {where} UNION ALL "
        "SELECT stream, id, seq, head, recorded, state, NULL, NULL, NULL, NULL FROM (SELECT 'track/' || id AS stream, * FROM track) "
        f"{where} ORDER BY 1"
    )
    yield from (Snapshot(*row) for row in session.each(sql, (*values, *values)))


def _among(streams: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if streams is None else ("WHERE stream IN (SELECT value FROM json_each(?))", (json.dumps(streams),))


def versions(session: Session) -> dict[tuple[str, int], tuple[bytes, str]]:
    """The hash and the compiled text of every version of every track."""
    found = session.rows("SELECT track, version, hash, compiled FROM track_version")
    return {(track, version): (sealed, compiled) for track, version, sealed, compiled in found}


def orphans(session: Session) -> list[str]:
    """Streams that have claims or todos but no snapshot."""
    sql = (
        "SELECT stream FROM claim UNION SELECT stream FROM todo WHERE stream NOT LIKE 'track/%' "
        "EXCEPT SELECT stream FROM enrolment ORDER BY 1"
    )
    return [row[0] for row in session.rows(sql)]


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
