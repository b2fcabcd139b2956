"""The ledger on a database: the log and what is derived of it, read by index and written together."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy.exc import IntegrityError

from definitions.model.stored_track import parse_stored_track
from tracks.engine.context.compiled_track import compiled
from tracks.engine.context.labels import labels_of
from tracks.engine.context.plan import plan_of
from tracks.engine.context.units import units
from tracks.errors import STREAM_CONFLICT, UNKNOWN_VERSION
from tracks.events.streams import StreamId, track_stream
from tracks.storage import rows
from tracks.storage.assignments import keep_assigned
from tracks.storage.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Engine

    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow

_MANY: Final = "IN (SELECT value FROM json_each(?))"
_ENROLMENTS: Final = f"SELECT {rows.ENROLMENT} FROM enrolment"
_IN_ORDER: Final = "ORDER BY due, stream LIMIT ?"
_OF_SHARD: Final = "AND shard % ? = ?"
_INSERT_EVENT: Final = f"INSERT INTO event ({rows.EVENT}) VALUES ({', '.join('?' * 12)})"
_INSERT_ENROLMENT: Final = f"INSERT INTO enrolment ({rows.ENROLMENT}) VALUES ({', '.join('?' * 16)})"
_MOVED: Final = "version = ?, seq = ?, head = ?, last = ?, due = ?, start = ?, since = ?, recorded = ?, state = ? WHERE stream = ?"
# Naming a column in SET rewrites its index, so status and step are named only where one of them changed.
_UPDATE: Final = f"UPDATE enrolment SET {_MOVED}"
_UPDATE_PLACE: Final = f"UPDATE enrolment SET status = ?, step = ?, {_MOVED}"
_SAVE_TRACK: Final = f"INSERT INTO track ({rows.TRACK}) VALUES ({', '.join('?' * 10)}) ON CONFLICT (id) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in rows.TRACK.split(", ")[1:]
)
_INSERT_CLAIM: Final = f"INSERT INTO claim ({rows.CLAIM}) VALUES ({', '.join('?' * 7)})"
_INSERT_TODO: Final = f"INSERT INTO todo ({rows.TODO}, track) VALUES ({', '.join('?' * 8)})"
_INSERT_VERSION: Final = "INSERT INTO track_version (track, version, hash, source, compiled, labels) VALUES (?, ?, ?, ?, ?, ?)"
_WAKE: Final = "UPDATE {table} SET due = ? WHERE {key} = ? AND (due IS NULL OR due > ?)"
_STANDING: Final = (
    "SELECT n.ref, e.key, n.stream FROM enrolment n JOIN event e ON e.stream = n.stream "
    f"WHERE n.track = ? AND n.ref {_MANY} AND e.key IS NOT NULL"
)


class _Stored(NamedTuple):
    """What stands in the tables of a stream, as the running transaction knows it."""

    status: str
    step: str
    claims: tuple[Claim, ...]
    todos: tuple[Todo, ...]


class SqlLedger(Outbox):
    """What the slice loop needs, on SQLite. `enrolments_read` counts the snapshots it was given."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._plans: dict[tuple[str, int], Plan] = {}
        self._leads_to: dict[tuple[str, int], tuple[str, ...]] = {}
        self._stored: dict[str, _Stored] = {}
        self.enrolments_read = 0

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""
        found = self.rows(f"SELECT {rows.TRACK} FROM track WHERE id = ?", (track,))
        if not found:
            return None
        stream = track_stream(track)
        todos = self._todos([stream]).get(stream, ())
        self._remember(stream, _Stored("", "", (), todos))
        return rows.to_track(found[0], todos)

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return [row[0] for row in self.rows("SELECT id FROM track ORDER BY id")]

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding; made once."""
        key = (track, version)
        if key not in self._plans:
            found = self.rows("SELECT compiled, hash FROM track_version WHERE track = ? AND version = ?", key)
            if not found:
                raise UNKNOWN_VERSION(track=track, version=version)
            self._plans[key] = plan_of(parse_stored_track(found[0][0]), version, found[0][1])
        return self._plans[key]

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track: the author's text, the compiled track, and the names that reading needs."""
        track = plan.track
        self.write(_INSERT_VERSION, [(track.track, plan.version, plan.hash, source, compiled(track), labels or labels_of(track))])

    def unit(self, track: str) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one; every version counts, because people are pinned to old ones."""
        found = self.rows("SELECT track, version FROM track_version")
        for name, version in found:
            if (name, version) not in self._leads_to:
                self._leads_to[name, version] = self._local_transfers(name, version)
        pairs = [(name, to) for name, version in found for to in self._leads_to[name, version]]
        return units((name for name, _ in found), pairs).get(track, (track,))

    def _local_transfers(self, track: str, version: int) -> tuple[str, ...]:
        # Read out of the compiled text: making a plan of every track costs more than the question.
        text = self.rows("SELECT compiled FROM track_version WHERE track = ? AND version = ?", (track, version))[0][0]
        return tuple(way["to"] for way in json.loads(text).get("transfers", {}).values() if way["local"])

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """The snapshots due on `until` or earlier, by day and stream; `shard` is (number, of how many)."""
        part = (shard[1], shard[0]) if shard else ()
        where = f"WHERE track = ? AND due <= ? {_OF_SHARD if shard else ''} {_IN_ORDER}"
        if len(tracks) == 1:
            return self._whole(self.rows(f"{_ENROLMENTS} {where}", (tracks[0], until.isoformat(), *part, limit)))
        # One index range each, so that no more is sorted than what is asked for.
        ranges = [self.rows(f"SELECT due, stream FROM enrolment {where}", (t, until.isoformat(), *part, limit)) for t in tracks]
        first = {stream: None for _, stream in islice(merge(*map(_tuples, ranges)), limit)}
        return sorted(self.load(list(first)), key=lambda e: (e.due or until, e.stream))

    def least_due(self, tracks: Sequence[str]) -> date | None:
        """The first day that something is due of an enrolment on these tracks."""
        sql = "SELECT due FROM enrolment WHERE track = ? AND due IS NOT NULL ORDER BY due LIMIT 1"
        found = [row[0] for track in tracks for row in self.rows(sql, (track,))]
        return rows.to_day(min(found, default=None))

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of these streams, by stream; those that do not exist are left out."""
        return self._whole(self.rows(f"{_ENROLMENTS} WHERE stream {_MANY} ORDER BY stream", (json.dumps(streams),)))

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, the first one first."""
        found = self._whole(self.rows(f"{_ENROLMENTS} WHERE ref = ?", (ref,)))
        return sorted(found, key=lambda e: (len(e.stream), e.stream))

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims on what a track shares, each with its stream."""
        found = self.rows("SELECT stream, resource, state, attempt, since, rank FROM claim WHERE track = ?", (track,))
        return [(stream, rows.to_claim(*claim)) for stream, *claim in found]

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in one of these statuses, sorted."""
        sql = f"SELECT stream FROM enrolment WHERE track = ? AND status {_MANY} ORDER BY stream"
        return [row[0] for row in self.rows(sql, (track, json.dumps([str(status) for status in statuses])))]

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track, or nothing."""
        return str(self.rows("SELECT coalesce(max(recorded), '') FROM enrolment WHERE track = ?", (track,))[0][0])

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands, sorted."""
        sql = "SELECT stream FROM enrolment WHERE track = ? AND last > ? ORDER BY stream"
        return [row[0] for row in self.rows(sql, (track, rows.from_day(day)))]

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant; within a transaction nobody else gets it."""
        return len(self.rows("SELECT stream FROM enrolment WHERE ref = ?", (ref,))) + 1

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return [rows.to_event(row) for row in self.rows(f"SELECT {rows.EVENT} FROM event WHERE stream = ? ORDER BY seq", (stream,))]

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event of a stream that was written with this key."""
        found = self.rows(f"SELECT {rows.EVENT} FROM event WHERE stream = ? AND key = ?", (stream, key))
        return rows.to_event(found[0]) if found else None

    def standing_keys(self, track: str, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Of participants and keys those that stand on a track, each with its stream; one question, so that importing again is quick."""
        refs = sorted({ref for ref, _ in asked})
        standing = {(ref, key): stream for ref, key, stream in self.rows(_STANDING, (track, json.dumps(refs)))}
        return {pair: standing[pair] for pair in asked if pair in standing}

    def wake(self, streams: Collection[str], day: date) -> None:
        """Make these due on `day` at the latest."""
        text = day.isoformat()
        tracks = {stream: track for stream in streams if (track := StreamId.parse(stream).track) is not None}
        self.write(_WAKE.format(table="enrolment", key="stream"), [(text, one, text) for one in streams if one not in tracks])
        self.write(_WAKE.format(table="track", key="id"), [(text, track, text) for track in tracks.values()])

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write events, their snapshots and what is derived of them, together."""
        with self.transaction():
            self._append(events)
            self._save_enrolments(enrolments)
            self._save_tracks(tracks)
            keep_assigned(self, enrolments, events)

    def _append(self, events: Sequence[Event]) -> None:
        try:
            self.write(_INSERT_EVENT, [rows.event_row(event) for event in events])
        except IntegrityError:
            raise STREAM_CONFLICT() from None
        self._settle(events)

    def _save_enrolments(self, enrolments: Sequence[Enrolment]) -> None:
        self._look_up([e.stream for e in enrolments if e.stream not in self._stored])
        new, moved, same = [], [], []
        states = rows.states_of(e.progress for e in enrolments)
        for e in enrolments:
            row = rows.enrolment_row(e, states[id(e.progress)])
            before = self._stored.get(e.stream)
            state = (e.version, e.seq, e.head, *row[8:10], row[11], *row[13:], e.stream)
            if before is None:
                new.append(row)
            elif (before.status, before.step) == (row[4], e.step):
                same.append(state)
            else:
                moved.append((row[4], e.step, *state))
        self.write(_INSERT_ENROLMENT, new)
        self.write(_UPDATE_PLACE, moved)
        self.write(_UPDATE, same)
        after = {e.stream: _Stored(str(e.status), e.step, e.claims, e.todos) for e in enrolments}
        track_of = {e.stream: e.track for e in enrolments}
        self._save_claims(after, track_of)
        self._save_todos(after, track_of)
        self._stored.update(after)

    def _save_tracks(self, tracks: Sequence[TrackRow]) -> None:
        self.write(_SAVE_TRACK, [rows.track_row(track) for track in tracks])
        after = {track_stream(track.id): _Stored("", "", (), track.todos) for track in tracks}
        for stream, todos in self._todos([stream for stream in after if stream not in self._stored]).items():
            self._remember(stream, _Stored("", "", (), todos))
        self._save_todos(after, {track_stream(track.id): track.id for track in tracks})
        self._stored.update(after)

    def _save_claims(self, after: dict[str, _Stored], track_of: dict[str, str]) -> None:
        changed = {s: now.claims for s, now in after.items() if _differ(_before(self._stored, s).claims, now.claims)}
        self.write("DELETE FROM claim WHERE stream = ?", [(s,) for s in changed if _before(self._stored, s).claims])
        self.write(_INSERT_CLAIM, [rows.claim_row(track_of[s], s, claim) for s, claims in changed.items() for claim in claims])

    def _save_todos(self, after: dict[str, _Stored], track_of: dict[str, str]) -> None:
        changed = {s: now.todos for s, now in after.items() if _differ(_before(self._stored, s).todos, now.todos)}
        self.write("DELETE FROM todo WHERE stream = ?", [(s,) for s in changed if _before(self._stored, s).todos])
        self.write(_INSERT_TODO, [rows.todo_row(track_of[s], s, todo) for s, todos in changed.items() for todo in todos])

    def _whole(self, found: list[Any]) -> list[Enrolment]:
        streams = [row[0] for row in found]
        claims, todos = self._claims(streams), self._todos(streams)
        enrolments = [rows.to_enrolment(row, claims.get(row[0], ()), todos.get(row[0], ())) for row in found]
        for e in enrolments:
            self._remember(e.stream, _Stored(e.status, e.step, e.claims, e.todos))
        self.enrolments_read += len(enrolments)
        return enrolments

    def _look_up(self, streams: list[str]) -> None:
        if not streams:
            return
        claims, todos = self._claims(streams), self._todos(streams)
        sql = f"SELECT stream, status, step FROM enrolment WHERE stream {_MANY}"
        for stream, status, step in self.rows(sql, (json.dumps(streams),)):
            self._remember(stream, _Stored(status, step, claims.get(stream, ()), todos.get(stream, ())))

    def _claims(self, streams: list[str]) -> dict[str, tuple[Claim, ...]]:
        sql = f"SELECT stream, resource, state, attempt, since, rank FROM claim WHERE stream {_MANY} ORDER BY stream, resource"
        found: dict[str, tuple[Claim, ...]] = {}
        for stream, *claim in self.rows(sql, (json.dumps(streams),)) if streams else ():
            found[stream] = (*found.get(stream, ()), rows.to_claim(*claim))
        return found

    def _todos(self, streams: list[str]) -> dict[str, tuple[Todo, ...]]:
        sql = f"SELECT {rows.TODO} FROM todo WHERE stream {_MANY} ORDER BY stream, kind, step, attempt"
        found: dict[str, tuple[Todo, ...]] = {}
        for stream, *todo in self.rows(sql, (json.dumps(streams),)) if streams else ():
            found[stream] = (*found.get(stream, ()), rows.to_todo(*todo))
        return found

    def _remember(self, stream: str, stored: _Stored) -> None:
        # Outside a transaction another process may change the rows before they are saved.
        if self._connection is not None:
            self._stored[stream] = stored

    def _forget(self, *, rolled_back: bool) -> None:
        self._stored.clear()
        if rolled_back:
            self._plans.clear()
            self._leads_to.clear()


_NOTHING: Final = _Stored("", "", (), ())


def _before(stored: dict[str, _Stored], stream: str) -> _Stored:
    return stored.get(stream, _NOTHING)


def _differ(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one != other and set(one) != set(other)


def _tuples(found: list[Any]) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in found]
