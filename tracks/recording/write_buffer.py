"""A ledger that keeps one long transaction in memory and writes it whole at the end: what makes bulk replay quick."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from tracks.events.outbox import settled
from tracks.events.streams import StreamId, ref_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tracks.engine.context.plan import Plan
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.outbox import Posted
    from tracks.events.snapshots import Claim, Enrolment, TrackRow

# No limit: what is due by the horizon is read in one query.
_ALL = 1 << 40


class Buffered:
    """The verbs of the book beneath, answered from what was read and written since the transaction began.

    What is due is read once, up to the day that is asked for, or to `horizon` where that is later. The book beneath is locked all
    the while, so that nothing changes under the buffer; a failed transaction writes nothing.
    """

    def __init__(self, book: Book, horizon: date = date.min) -> None:
        self.book, self.horizon = book, horizon
        self._depth = 0
        self._forget()

    def _forget(self) -> None:
        self._ones: dict[str, Enrolment] = {}
        self._rows: dict[str, TrackRow] = {}
        self._events: list[Event] = []
        self._new: dict[str, list[Event]] = {}
        self._changed: dict[str, None] = {}
        self._changed_rows: dict[str, None] = {}
        self._refs: dict[str, list[str]] = {}
        self._claims: dict[str, dict[str, tuple[Claim, ...]]] = {}
        self._units: dict[str, tuple[str, ...]] = {}
        self._due: dict[str, list[tuple[date, str]]] = {}
        self._read_until: dict[str, date] = {}
        self._plans: dict[tuple[str, int], tuple[Plan, str, str]] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, written at the end; an inner one joins the outer."""
        if self._depth:
            yield
            return
        with self.book.transaction():
            self._depth = 1
            try:
                yield
                self._flush()
            finally:
                self._depth = 0
                self._forget()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read from one state; within a transaction that is the transaction's own."""
        if self._depth:
            yield
            return
        with self.book.snapshot():
            yield

    def beside(self, keep: Callable[[], object]) -> None:
        """Do what keeps something beside the log, in the same transaction, and after what it is kept beside."""
        self._flush()
        keep()

    def _flush(self) -> None:
        for plan in self._plans.values():
            self.book.put_plan(*plan)
        self._plans = {}
        ones = [self._ones[stream] for stream in self._changed]
        self.book.save(ones, self._events, [self._rows[name] for name in self._changed_rows])
        self._events, self._new, self._changed, self._changed_rows = [], {}, {}, {}

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""
        if not self._depth:
            return self.book.track(track)
        if track not in self._rows:
            found = self.book.track(track)
            if found is None:
                return None
            self._rows[track] = found
        # A copy, because callers move what they get and may still give up.
        return replace(self._rows[track])

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return sorted({*self.book.tracks(), *self._rows})

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track."""
        kept = self._plans.get((track, version))
        return kept[0] if kept else self.book.plan(track, version)

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track.

        Args:
            plan: The version, ready for deciding.
            source: The YAML that it was loaded from.
            labels: The names of its steps and employers, as JSON text.

        """
        # A new version may lead to other tracks, and so make other units.
        self._units = {}
        with self.transaction():
            self._plans[plan.track.track, plan.version] = (plan, source, labels)

    def unit(self, track: str, coming: Collection[Plan] = ()) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one."""
        if coming or track not in self._units:
            found = self.book.unit(track, [*(plan for plan, _, _ in self._plans.values()), *coming])
            if coming:
                return found
            self._units[track] = found
        return self._units[track]

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """List the first enrolments due on a day or before it.

        Args:
            tracks: The ids of the tracks.
            until: The last day that counts.
            limit: How many at most.
            shard: A shard and of how many, where only the enrolments of one are wanted.

        """
        if not self._depth:
            return self.book.due(tracks, until, limit, shard)
        found = [row for track in tracks for row in self._ripe(track, until)]
        ones = [self._ones[stream] for _, stream in sorted(found)]
        return [replace(one) for one in ones if shard is None or one.shard % shard[1] == shard[0]][:limit]

    def _ripe(self, track: str, until: date) -> list[tuple[date, str]]:
        heap = self._heap(track, until)
        found: dict[tuple[date, str], None] = {}
        while heap and heap[0][0] <= until:
            day, stream = row = heappop(heap)
            # An entry whose enrolment has another day by now is dropped here; in a heap it cannot be found before.
            if self._ones[stream].due == day:
                found[row] = None
        # Still due until they are saved with another day.
        for row in found:
            heappush(heap, row)
        return list(found)

    def _heap(self, track: str, until: date) -> list[tuple[date, str]]:
        if track not in self._due:
            heap = self._due[track] = []
            for stream, one in self._ones.items():
                if one.track == track and one.due:
                    heappush(heap, (one.due, stream))
        if until > self._read_until.get(track, date.min):
            self._read_until[track] = max(until, self.horizon)
            for one in self.book.due([track], self._read_until[track], _ALL):
                self._keep(one)
        return self._due[track]

    def least_due(self, tracks: Sequence[str], until: date) -> date | None:
        """The least due of the enrolments; where none is due by a day, any later day, or None."""
        if not self._depth:
            return self.book.least_due(tracks, until)
        days = []
        for track in tracks:
            heap = self._heap(track, until)
            while heap and self._ones[heap[0][1]].due != heap[0][0]:
                heappop(heap)
            days += [heap[0][0]] if heap else []
        return min(days, default=None)

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of some streams."""
        if not self._depth:
            return self.book.load(streams)
        for one in self.book.load([stream for stream in streams if stream not in self._ones]):
            self._keep(one)
        return [replace(self._ones[stream]) for stream in streams if stream in self._ones]

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, oldest first."""
        if not self._depth:
            return self.book.enrolments_of(ref)
        if ref not in self._refs:
            found = self.book.enrolments_of(ref)
            for one in found:
                self._keep(one)
            self._refs[ref] = [one.stream for one in found]
        return [replace(self._ones[stream]) for stream in self._refs[ref]]

    def _keep(self, one: Enrolment) -> None:
        """Remember a snapshot that was read, unless it is known already."""
        if one.stream not in self._ones:
            self._ones[one.stream] = one
            self._ripens(one)

    def _ripens(self, one: Enrolment) -> None:
        if one.due and one.track in self._due:
            heappush(self._due[one.track], (one.due, one.stream))

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims of a track."""
        if not self._depth:
            return self.book.claims(track)
        return [(stream, claim) for stream, claims in self._claims_of(track).items() for claim in claims]

    def _claims_of(self, track: str) -> dict[str, tuple[Claim, ...]]:
        if track not in self._claims:
            found: dict[str, tuple[Claim, ...]] = {}
            for stream, claim in self.book.claims(track):
                found[stream] = (*found.get(stream, ()), claim)
            for one in self._ones.values():
                if one.track == track:
                    found[one.stream] = one.claims
            self._claims[track] = found
        return self._claims[track]

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in some statuses."""
        return self._as_kept(track, self.book.members(track, statuses), lambda one: one.status in statuses)

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands."""
        return self._as_kept(track, self.book.ahead(track, day), lambda one: bool(one.last and one.last > day))

    def _as_kept(self, track: str, beneath: Sequence[str], holds: Callable[[Enrolment], bool]) -> list[str]:
        """The streams of which something holds: as the book beneath has it, and as what is kept here has it since."""
        found = set(beneath)
        for one in self._ones.values():
            if one.track == track:
                (found.add if holds(one) else found.discard)(one.stream)
        return sorted(found)

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track, or nothing."""
        return max(self.book.latest(track), *(one.recorded for one in self._ones.values() if one.track == track), "")

    def wake(self, streams: Collection[str], day: date) -> None:
        """Let streams be decided again from a day."""
        if not self._depth:
            self.book.wake(streams, day)
            return
        tracks = {stream: track for stream in streams if (track := StreamId.parse(stream).track) is not None}
        for one in self.load([stream for stream in streams if stream not in tracks]):
            one.due = min(one.due, day) if one.due else day
            self._put(one)
        for row in map(self.track, tracks.values()):
            if row is not None:
                row.due = min(row.due, day) if row.due else day
                self._put_row(row)

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Take events and snapshots, with their claims and todos; they are written when the transaction ends.

        Args:
            enrolments: The enrolments that were moved on.
            events: The events that moved them.
            tracks: The tracks that were moved on.

        """
        with self.transaction():
            self._events += events
            for event in events:
                self._new.setdefault(event.stream, []).append(event)
            for one in enrolments:
                self._put(replace(one))
            for row in tracks:
                self._put_row(replace(row))

    def _put(self, one: Enrolment) -> None:
        if one.stream not in self._ones and one.ref in self._refs:
            self._refs[one.ref].append(one.stream)
        self._ones[one.stream] = one
        self._changed[one.stream] = None
        self._ripens(one)
        if one.track in self._claims:
            if one.claims:
                self._claims[one.track][one.stream] = one.claims
            else:
                self._claims[one.track].pop(one.stream, None)

    def _put_row(self, row: TrackRow) -> None:
        self._rows[row.id] = row
        self._changed_rows[row.id] = None

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return [*self.book.events(stream), *self._new.get(stream, ())]

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""
        before = self.book.letters_of(stream)
        moved = {one.letter: one for one in settled(before, self.events(stream), self._new.get(stream, ()))}
        return [moved.get(one.letter, one) for one in before]

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event that a caller's key stands on."""
        return next((event for event in self._new.get(stream, ()) if event.key == key), None) or self.book.keyed(stream, key)

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant."""
        # Those opened in this transaction are not in the book beneath yet.
        return max(self.book.reserve(ref), sum(ref_of(one.stream) == ref for one in self.enrolments_of(ref)) + 1)


class Preview(Buffered):
    """A buffer that writes nothing: the verbs of a ledger over one that is only read; `written` is what would be written."""

    @property
    def written(self) -> tuple[Event, ...]:
        """The events that would be written, in order."""
        return tuple(self._events)

    def beside(self, keep: Callable[[], object]) -> None:
        """Keep nothing."""

    def _flush(self) -> None:
        """Write nothing."""

    @contextmanager
    def open(self) -> Iterator[Preview]:
        """Answer from one state of the book beneath until this ends."""
        with self.book.snapshot():
            # As inside a transaction, where all is answered from what was kept.
            self._depth = 1
            try:
                yield self
            finally:
                self._depth = 0
                self._forget()
