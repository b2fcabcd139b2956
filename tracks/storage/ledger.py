"""The ledger on a database: the log and what is derived of it, read by index and written together."""

from __future__ import annotations

import json
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy.exc import IntegrityError

from tracks.engine.context.compiled_track import compiled
from tracks.engine.context.labels import labels_of
from tracks.engine.context.units import local_transfers, units
from tracks.errors import STREAM_CONFLICT
from tracks.events.roles import assigned, known_as
from tracks.events.streams import StreamId, track_stream
from tracks.storage import reads, rows, statements
from tracks.storage.outbox import Outbox
from tracks.storage.plans import Plans

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Engine

    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow

# The facts that may change who is responsible.
_ASSIGNING: Final = ("assigned", "corrected")


class _Stored(NamedTuple):
    """What stands in the tables of a stream, as the running transaction knows it."""

    status: str
    step: str
    claims: tuple[Claim, ...]
    todos: tuple[Todo, ...]
    ref: str = ""


class SqlLedger(Outbox):
    """What the slice loop needs, on SQLite. `enrolments_read` counts the snapshots it was given."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._plans = Plans(self)
        self._leads_to: dict[tuple[str, int], tuple[str, ...]] = {}
        self._stored: dict[str, _Stored] = {}
        self.enrolments_read = 0

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""
        row = reads.track_row(self, track)
        if row:
            self._remember(track_stream(track), _Stored("", "", (), row.todos))
        return row

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return reads.track_ids(self)

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding; made once. Raises UNKNOWN_VERSION."""
        return self._plans.plan(track, version)

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track.

        Args:
            plan: The version, ready for deciding.
            source: The text as its author wrote it.
            labels: The names that reading needs; made of the track where they are not given.

        """
        track = plan.track
        self.write(statements.INSERT_VERSION, [(track.track, plan.version, plan.hash, source, compiled(track), labels or labels_of(track))])

    def source_of(self, track: str, version: int) -> str:
        """The text of a version of a track as its author wrote it; empty where there is none."""
        return reads.version_source(self, track, version)

    def unit(self, track: str, coming: Collection[Plan] = ()) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one; every version counts, because people are pinned to old ones."""
        found = self.rows(statements.VERSIONS)
        for name, version in found:
            if (name, version) not in self._leads_to:
                self._leads_to[name, version] = self._local_transfers(name, version)
        pairs = [(name, to) for name, version in found for to in self._leads_to[name, version]]
        names = [name for name, _ in found] + [plan.track.track for plan in coming]
        return units(names, [*pairs, *local_transfers(coming)]).get(track, (track,))

    def _local_transfers(self, track: str, version: int) -> tuple[str, ...]:
        # Read out of the compiled text: making a plan of every track costs more than the question.
        text, _ = reads.version_text(self, track, version) or ("{}", b"")
        return tuple(way["to"] for way in json.loads(text).get("transfers", {}).values() if way["local"])

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """The snapshots due on a day or earlier, by day and stream.

        Args:
            tracks: The tracks of one unit.
            until: The last day.
            limit: How many at most.
            shard: The number of a part, from 0, and how many parts there are; None means all.

        Returns:
            The first of them.

        """
        number, shards = shard or (0, 1)
        values = [(track, until.isoformat(), shards, number, limit) for track in tracks]
        if len(tracks) == 1:
            return self._whole(self.rows(statements.DUE_OF_SHARD if shard else statements.DUE, values[0]))
        wanted = statements.DUE_STREAMS_OF_SHARD if shard else statements.DUE_STREAMS
        ranges = ([(day, stream) for day, stream in self.rows(wanted, one)] for one in values)
        # Each range is in order already, so the first of all of them are found without sorting.
        first = {stream: None for _, stream in islice(merge(*ranges), limit)}
        return sorted(self.load(list(first)), key=lambda e: (e.due or until, e.stream))

    def least_due(self, tracks: Sequence[str], until: date) -> date | None:
        """The first day that something is due of an enrolment on these tracks, whenever it is."""
        del until
        found = [row[0] for track in tracks for row in self.rows(statements.LEAST_DUE, (track,))]
        return rows.to_day(min(found, default=None))

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of these streams, by stream; those that do not exist are left out."""
        return self._whole(reads.enrolments(self, streams))

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, the first one first."""
        return self._whole(reads.enrolments_of(self, ref))

    def names_of(self, ref: str) -> list[str]:
        """The references of a participant, the one that she has now first."""
        return reads.names_of(self, ref)

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims on what a track shares, each with its stream."""
        return reads.claims_on(self, track)

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in one of these statuses, sorted."""
        return [row[0] for row in self.rows(statements.MEMBERS, (track, self.words.array(statuses)))]

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track, or nothing."""
        return str(self.rows(statements.LATEST, (track,))[0][0])

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands, sorted."""
        return [row[0] for row in self.rows(statements.AHEAD, (track, rows.from_day(day)))]

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant; within a transaction nobody else gets it."""
        return int(self.rows(statements.OF_REF, (f"{ref}/", f"{ref}0"))[0][0]) + 1

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return reads.events_of(self, stream)

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event of a stream that was written with this key."""
        found = self.rows(statements.KEYED, (stream, key))
        return rows.to_event(found[0]) if found else None

    def standing_keys(self, track: str, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Of participants and keys those that stand on a track, each with its stream; one question, so that importing again is quick."""
        refs = self.words.array(sorted({ref for ref, _ in asked}))
        standing = {(ref, key): stream for ref, key, stream in self.rows(statements.STANDING_KEYS, (track, refs))}
        return {pair: standing[pair] for pair in asked if pair in standing}

    def ref_keyed(self, track: str, key: str) -> str | None:
        """The reference of the participant on a track of whom something was said with this key."""
        found = self.rows(statements.KEYED_ON_TRACK, (track, key))
        return found[0][0] if found else None

    def wake(self, streams: Collection[str], day: date) -> None:
        """Make these due on `day` at the latest."""
        text = day.isoformat()
        tracks = {stream: track for stream in streams if (track := StreamId.parse(stream).track) is not None}
        self.write(statements.WAKE_ENROLMENT, [(text, one) for one in streams if one not in tracks])
        self.write(statements.WAKE_TRACK, [(text, track) for track in tracks.values()])

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write events, their snapshots and what is derived of them, together.

        Args:
            enrolments: The snapshots that they lead to.
            events: The events, in the order of their numbers.
            tracks: The snapshots of tracks.

        Raises:
            STREAM_CONFLICT: Somebody wrote to one of the streams since it was read.

        """
        with self.transaction():
            self._append(events)
            self._save_enrolments(enrolments)
            self._save_tracks(tracks)
            changed = {event.stream for event in events if event.kind in _ASSIGNING}
            self.save_assigned([one for one in enrolments if one.stream in changed])

    def save_assigned(self, enrolments: Sequence[Enrolment]) -> None:
        """Write who at work is responsible, as the folds have it, so that it is found by the person's name."""
        self.write(statements.DELETE_ASSIGNED, [(one.stream,) for one in enrolments])
        named = [(one.stream, role, person, known_as(person)) for one in enrolments for role, person in assigned(one.progress)]
        self.write(statements.INSERT_ASSIGNED, named)

    def _append(self, events: Sequence[Event]) -> None:
        try:
            self.write(statements.INSERT_EVENT, [rows.event_row(event) for event in events])
        # The key of the log is the guard: two writers who drafted the same number cannot both have it.
        except IntegrityError:
            raise STREAM_CONFLICT() from None
        self._settle(events)

    def _save_enrolments(self, enrolments: Sequence[Enrolment]) -> None:
        self._look_up([e.stream for e in enrolments if e.stream not in self._stored])
        new: list[tuple[Any, ...]] = []
        moved: list[tuple[Any, ...]] = []
        same: list[tuple[Any, ...]] = []
        merged: list[tuple[Any, ...]] = []
        # People who stand alike share one fold, and writing it as JSON is half of what a batch costs.
        states = rows.states_of(e.progress for e in enrolments)
        for e in enrolments:
            row = rows.enrolment_row(e, states[id(e.progress)])
            before = self._stored.get(e.stream)
            if before is None:
                new.append(row)
            else:
                (same if (before.status, before.step) == (e.status, e.step) else moved).append(row)
                merged += [(e.ref, e.track, e.shard, e.stream)] if before.ref != e.ref else []
        self.write(statements.INSERT_ENROLMENT, new)
        self.write(statements.PLACE_ENROLMENT, moved)
        self.write(statements.MOVE_ENROLMENT, same)
        self.write(statements.REFILE_ENROLMENT, merged)
        after = {e.stream: _Stored(str(e.status), e.step, e.claims, e.todos, e.ref) for e in enrolments}
        track_of = {e.stream: e.track for e in enrolments}
        self._save_claims(after, track_of)
        self._save_todos(after, track_of)
        self._stored.update(after)

    def _save_tracks(self, tracks: Sequence[TrackRow]) -> None:
        self.write(statements.SAVE_TRACK, [rows.track_row(track) for track in tracks])
        after = {track_stream(track.id): _Stored("", "", (), track.todos) for track in tracks}
        for stream, todos in reads.todos_of(self, [stream for stream in after if stream not in self._stored]).items():
            self._remember(stream, _Stored("", "", (), todos))
        self._save_todos(after, {track_stream(track.id): track.id for track in tracks})
        self._stored.update(after)

    def _save_claims(self, after: dict[str, _Stored], track_of: dict[str, str]) -> None:
        changed = {s: now.claims for s, now in after.items() if _differ(_before(self._stored, s).claims, now.claims)}
        self.write(statements.DELETE_CLAIMS, [(s,) for s in changed if _before(self._stored, s).claims])
        self.write(statements.INSERT_CLAIM, [rows.claim_row(track_of[s], s, claim) for s, claims in changed.items() for claim in claims])

    def _save_todos(self, after: dict[str, _Stored], track_of: dict[str, str]) -> None:
        changed = {s: now.todos for s, now in after.items() if _differ(_before(self._stored, s).todos, now.todos)}
        self.write(statements.DELETE_TODOS, [(s,) for s in changed if _before(self._stored, s).todos])
        self.write(statements.INSERT_TODO, [rows.todo_row(track_of[s], s, todo) for s, todos in changed.items() for todo in todos])

    def _whole(self, found: list[Any]) -> list[Enrolment]:
        streams = [row[0] for row in found]
        claims, todos = reads.claims_of(self, streams), reads.todos_of(self, streams)
        enrolments = [rows.to_enrolment(row, claims.get(row[0], ()), todos.get(row[0], ())) for row in found]
        for e in enrolments:
            self._remember(e.stream, _Stored(e.status, e.step, e.claims, e.todos, e.ref))
        self.enrolments_read += len(enrolments)
        return enrolments

    def _look_up(self, streams: list[str]) -> None:
        if not streams:
            return
        claims, todos = reads.claims_of(self, streams), reads.todos_of(self, streams)
        for stream, status, step, ref in self.rows(statements.PLACES, (self.words.array(streams),)):
            self._remember(stream, _Stored(status, step, claims.get(stream, ()), todos.get(stream, ()), ref))

    def _remember(self, stream: str, stored: _Stored) -> None:
        # Outside a transaction another process may change the rows before they are saved.
        if self._connection is not None:
            self._stored[stream] = stored

    def _forget(self, *, rolled_back: bool) -> None:
        self._stored.clear()
        if rolled_back:
            self._plans.forget()
            self._leads_to.clear()


_NOTHING: Final = _Stored("", "", (), ())


def _before(stored: dict[str, _Stored], stream: str) -> _Stored:
    return stored.get(stream, _NOTHING)


def _differ(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one != other and set(one) != set(other)
