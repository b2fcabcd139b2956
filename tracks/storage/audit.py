"""What `verify` asks of the store: every log, and the snapshots to hold them against, as they stand in the rows."""

from __future__ import annotations

from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, func, literal, select

from tracks.events.streams import TRACK_PREFIX
from tracks.storage.dialects.prepared import Prepared
from tracks.storage.rows import to_day
from tracks.storage.statements import ASSIGNED, CLAIM, ENROLMENT, EVENT, TODO, TRACK, VERSION
from tracks.storage.tables import RunRow, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from tracks.storage.session import Session


class Snapshot(NamedTuple):
    """What the snapshot of a stream says of its log.

    `row` is all of that of an enrolment, by column, and empty for that of a track; `roles` who is filed as responsible for it:
    the name and the name in the form that is searched for, by role; `version` that in force on a track.
    """

    stream: str
    track: str
    seq: int
    head: bytes
    recorded: str
    state: str
    version: int | None = None
    row: Mapping[str, Any] = {}
    roles: Mapping[str, list[str]] = {}


class Owner(NamedTuple):
    """What of an enrolment stands in its snapshot alone, and when the engine is to look; None where that cannot be read."""

    stream: str
    person: str | None
    due: date | None


class _ByStream:
    """A select by stream: of everything, or of some streams."""

    def __init__(self, wanted: Select[Any], stream: ColumnElement[Any]) -> None:
        self._all = Prepared(lambda _: wanted)
        self._some = Prepared(lambda dialect: wanted.where(dialect.among(stream, "streams")), ("streams",))

    def each(self, session: Session, streams: Sequence[str] | None) -> Iterator[Any]:
        """Answer the rows of all streams, or of some."""
        return session.each(self._all) if streams is None else session.each(self._some, (session.words.array(streams),))


_TRACK_STREAM: Final = literal(TRACK_PREFIX).concat(TRACK.c.id).label("stream")
_LOGS: Final = _ByStream(select(EVENT).order_by(EVENT.c.stream, EVENT.c.seq), EVENT.c.stream)
_ENROLMENTS: Final = _ByStream(select(ENROLMENT).order_by(ENROLMENT.c.stream), ENROLMENT.c.stream)
_TRACKS: Final = _ByStream(
    select(_TRACK_STREAM, TRACK.c.id, TRACK.c.seq, TRACK.c.head, TRACK.c.recorded, TRACK.c.state, TRACK.c.version).order_by(_TRACK_STREAM),
    _TRACK_STREAM,
)
_ROLES: Final = _ByStream(select(ASSIGNED).order_by(ASSIGNED.c.stream, ASSIGNED.c.role), ASSIGNED.c.stream)
_CLAIMS: Final = _ByStream(select(CLAIM).order_by(CLAIM.c.stream, CLAIM.c.resource), CLAIM.c.stream)
_TODOS: Final = _ByStream(select(TODO).order_by(TODO.c.stream), TODO.c.stream)
_OWNERS: Final = Prepared(
    lambda dialect: (
        select(ENROLMENT.c.stream, ENROLMENT.c.person, dialect.readable_day(ENROLMENT.c.due))
        .where(dialect.among(ENROLMENT.c.stream, "streams"))
        .order_by(ENROLMENT.c.stream)
    ),
    ("streams",),
)
_VERSIONS: Final = Prepared(lambda _: select(VERSION.c.track, VERSION.c.version, VERSION.c.hash, VERSION.c.compiled, VERSION.c.labels))
_ENROLMENT_COUNT: Final = Prepared(lambda _: select(func.count()).select_from(ENROLMENT))
_TRACK_COUNT: Final = Prepared(lambda _: select(func.count()).select_from(TRACK))
_FURTHEST: Final = Prepared(lambda _: select(func.max(table(RunRow).c.until)))
_HASH: Final = Prepared(
    lambda _: select(EVENT.c.hash).where(EVENT.c.stream == bindparam("stream"), EVENT.c.seq == bindparam("seq")), ("stream", "seq")
)


def owners(session: Session, streams: Sequence[str]) -> list[Owner]:
    """List whose enrolments these are; those that do not exist are left out."""
    found = session.rows(_OWNERS, (session.words.array(streams),))
    return [Owner(stream, person, to_day(due)) for stream, person, due in found]


def count_streams(session: Session) -> int:
    """Count the streams that have a snapshot, those of tracks among them."""
    return sum(session.rows(counted)[0][0] for counted in (_ENROLMENT_COUNT, _TRACK_COUNT))


def logs(session: Session, streams: Sequence[str] | None) -> Iterator[Any]:
    """Answer the rows of the log by stream and seq; of some streams, or of all."""
    return _LOGS.each(session, streams)


def snapshots(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    """Answer the snapshots by stream, those of tracks among them."""
    return merge(_enrolments(session, streams), _tracks(session, streams), key=lambda one: one.stream)


def _enrolments(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    # Two tables are read side by side in order of stream: a join would group them in memory, and the driver says it differently.
    filed = groupby(_ROLES.each(session, streams), key=lambda row: str(row.stream))
    stream, roles = next(filed, ("", iter(())))
    for found in _ENROLMENTS.each(session, streams):
        row = found._asdict()
        # Rows of an enrolment that is gone are passed over here; the log tells that it is missing.
        while stream and stream < row["stream"]:
            stream, roles = next(filed, ("", iter(())))
        own = {one.role: [one.person, one.known_as] for one in roles} if stream == row["stream"] else {}
        yield Snapshot(row["stream"], row["track"], row["seq"], row["head"], row["recorded"], row["state"], row["version"], row, own)


def _tracks(session: Session, streams: Sequence[str] | None) -> Iterator[Snapshot]:
    return (Snapshot(*row) for row in _TRACKS.each(session, streams))


def claims(session: Session, streams: Sequence[str] | None) -> Iterator[Any]:
    """Answer the rows of claims by stream."""
    return _CLAIMS.each(session, streams)


def todos(session: Session, streams: Sequence[str] | None) -> Iterator[Any]:
    """Answer the rows of todos by stream, those of tracks among them."""
    return _TODOS.each(session, streams)


class Version(NamedTuple):
    """What is kept of a version of a track: its hash, its compiled text, and the names that reading needs."""

    hash: bytes
    compiled: str
    labels: str


def versions(session: Session) -> dict[tuple[str, int], Version]:
    """Answer every version of every track."""
    return {(track, version): Version(*kept) for track, version, *kept in session.rows(_VERSIONS)}


def furthest_run(session: Session) -> date | None:
    """Answer the last day that any run was to come to."""
    return to_day(session.rows(_FURTHEST)[0][0])


def _last_events() -> Select[Any]:
    # The newest event of each stream by the key alone; a window function would sort the log.
    last = select(EVENT.c.stream, func.max(EVENT.c.seq).label("seq")).group_by(EVENT.c.stream).subquery()
    found = select(EVENT.c.stream, EVENT.c.seq, EVENT.c.hash)
    return found.join(last, (EVENT.c.stream == last.c.stream) & (EVENT.c.seq == last.c.seq)).order_by(EVENT.c.stream)


_HEADS: Final = Prepared(lambda _: _last_events())


def heads(session: Session) -> list[tuple[str, int, bytes]]:
    """List the last event of each stream: stream, seq, hash."""
    return [(stream, seq, sealed) for stream, seq, sealed in session.each(_HEADS)]


def hash_at(session: Session, stream: str, seq: int) -> bytes | None:
    """Answer the hash of one event.

    Args:
        session: Where it is kept.
        stream: The stream.
        seq: The number of the event, from 1.

    Returns:
        The hash; None where there is no such event.

    """
    found = session.rows(_HASH, (stream, seq))
    return found[0][0] if found else None


def damage(session: Session) -> list[str]:
    """List what the database itself finds wrong with its storage, in its own words; empty when nothing."""
    return session.dialect.damage(session)


def dangling(session: Session) -> list[str]:
    """List the tables with rows that refer to one that is not there."""
    return session.dialect.dangling(session)
