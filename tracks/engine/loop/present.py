"""The present of a write: each unit of work is caught up the first time that the write reads anything of it, with its own clock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracks.engine.context.present import Present
from tracks.engine.loop.advance import BATCH, AdvanceRun, MoreDue, advance, advance_enrolment, complete
from tracks.events.fold import Progress, evolve, standing_then

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.plan import Plan
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.outbox import Posted
    from tracks.events.snapshots import Claim, Enrolment, TrackRow


class Reached:
    """What the write has caught up so far, each unit to where it came first; how many enrolments may still be decided for it.

    `said` is whether the write has said anything new, in the log or beside it.
    """

    def __init__(self, at_most: int | None = None) -> None:
        self.left, self.said = at_most, False
        self.units: dict[tuple[str, ...], Clock] = {}
        self.streams: dict[str, Clock] = {}

    def spend(self, count: int) -> None:
        """Count enrolments that were decided. Raises MoreDue."""
        if self.left is not None:
            self.left -= count
            if self.left < 0:
                raise MoreDue


class CaughtUp(Present):
    """A book behind which time has come as far as its clock wherever it is read; `keep` does what is kept beside the log."""

    def __init__(self, book: Book, now: Clock, keep: Callable[[Callable[[], object]], None], reached: Reached) -> None:
        self._book, self._now, self._keep, self._reached = book, now, keep, reached
        # Of tracks on which all that is due is decided, and of enrolments that share nothing.
        self._clocks: dict[str, Clock] = {}
        self._own: dict[str, Clock] = {}

    @property
    def today(self) -> date:
        """The day of the clock of the command."""
        return self._now.today

    def clock_of(self, track: str, stream: str = "") -> Clock:
        """The clock to write with on a track; on one where nothing is shared that of the enrolment, or of a new one."""
        row = None if track in self._clocks or stream in self._own else self.track(track)
        own = self._clocks.get(track) or self._own.get(stream)
        return own or (self._now.after(row.recorded) if row else self._now)

    def known(self, one: Enrolment, track: str) -> Enrolment | None:
        """An enrolment as a write on a track knows it; None where it was opened later.

        Args:
            one: The enrolment.
            track: The id of the track that is written on, empty where that is not known yet.

        """
        if self.clock_of(one.track, one.stream).today <= self.today or (track and one.track in self.unit(track)):
            return one
        progress = Progress()
        for event, position in standing_then(self._book.events(one.stream), self.today, None):
            progress = evolve(progress, event, position)
        if progress.get("referred") is None:
            return None
        return replace(one, progress=progress, status=str(progress.status), start=progress.on("admitted"))

    def version(self, track: str) -> int | None:
        """The number of the version in force, if there is one."""
        row = self._book.track(track)
        return row.version if row else None

    def catch_up(self, track: str) -> None:
        """Decide all that is due on a track, also of everybody on one where nothing is shared."""
        if track not in self._clocks:
            self._advance(self._book.unit(track), self._now)

    def join(self, plan: Plan) -> None:
        """Decide all that is due on the tracks that will be one unit, up to the last clock of any of them."""
        unit = self._book.unit(plan.track.track, [plan])
        there = [name for name in unit if self._book.track(name)]
        for name in there:
            self.catch_up(name)
        last = max((self._clocks[name] for name in there), default=self._now)
        for part in {self._book.unit(name) for name in there if self._clocks[name].today < last.today}:
            self._advance(part, last)
        self._clocks |= dict.fromkeys(unit, last)

    def later(self, clock: Clock | None = None) -> CaughtUp:
        """The same write at another time, or, without a clock, for the next fact of the same moment."""
        if clock == self._now:
            return self
        found = CaughtUp(self._book, clock or self._now, self._keep, self._reached)
        if clock is None:
            found._clocks = self._clocks
        else:
            # What a file says on its later days follows from its earlier ones, and is one transaction with them.
            self._reached.left = None
        return found

    def beside(self, keep: Callable[[], object]) -> None:
        """Do what keeps something beside the log, in the transaction of the write; what is only tried leaves it out."""
        self._reached.said = True
        self._keep(keep)

    def _advance(self, unit: tuple[str, ...], now: Clock) -> None:
        # A unit that somebody else has taken past this clock is written with its own: its instants never go back.
        steady = now.not_before(self._last(unit))
        first = unit not in self._reached.units
        counts = complete(AdvanceRun(self._book, unit, steady.today, steady.recorded, at_most=self._reached.left if first else None))
        if first:
            self._reached.spend(counts.read)
            self._reached.units[unit] = steady
        # After all that was recorded of what the write may meet, so that the log says what came first.
        self._clocks |= dict.fromkeys(unit, steady.after(self._last(unit)))

    def _last(self, unit: Sequence[str]) -> str:
        rows = [row for name in unit if (row := self._book.track(name))]
        # Where nothing is shared the latest instant may stand with any enrolment; the snapshot of the track does not hold it.
        alone = (self._book.latest(row.id) for row in rows if not row.coupled)
        return max([*alone, *(row.recorded for row in rows)], default="")

    def _meet(self, found: Sequence[Enrolment]) -> bool:
        """Catch up the units of these; answers whether any may have moved."""
        moved = [self._meet_one(one) for one in found]
        return any(moved)

    def _meet_one(self, one: Enrolment) -> bool:
        if one.track in self._clocks or one.stream in self._own:
            return False
        row = self._book.track(one.track)
        if row is None or row.coupled:
            if row:
                self.catch_up(row.id)
            return row is not None
        clock = self._own[one.stream] = self._now.not_before(one.recorded).after(row.recorded)
        if one.due is None or one.due > clock.today:
            return False
        if one.stream not in self._reached.streams:
            self._reached.spend(1)
            self._reached.streams[one.stream] = clock
        self._book.save([one], advance_enrolment(self._book, row, one, clock.today, clock.recorded))
        return True

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track; where people share something they are caught up with it."""
        row = self._book.track(track)
        if row is None or not row.coupled or track in self._clocks:
            return row
        self.catch_up(track)
        return self._book.track(track)

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of some streams."""
        found = self._book.load(streams)
        return self._book.load(streams) if self._meet(found) else found

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, oldest first."""
        found = self._book.enrolments_of(ref)
        return self._book.enrolments_of(ref) if self._meet(found) else found

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims of a track."""
        self.track(track)
        return self._book.claims(track)

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in some statuses."""
        self.catch_up(track)
        return self._book.members(track, statuses)

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands."""
        self.catch_up(track)
        return self._book.ahead(track, day)

    # The rest is the book's own: what has no time, or is of a stream that was read before.

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""
        return self._book.transaction()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read from one state."""
        return self._book.snapshot()

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return self._book.tracks()

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding."""
        return self._book.plan(track, version)

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track.

        Args:
            plan: The version, ready for deciding.
            source: The author's text.
            labels: The names that reading needs, as JSON.

        """
        self._book.put_plan(plan, source, labels)

    def unit(self, track: str, coming: Collection[Plan] = ()) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one."""
        return self._book.unit(track, coming)

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """The first enrolments due on a day or before it.

        Args:
            tracks: The ids of tracks.
            until: The last day that counts.
            limit: How many at most.
            shard: (number, of how many): only these shards.

        """
        return self._book.due(tracks, until, limit, shard)

    def least_due(self, tracks: Sequence[str], until: date) -> date | None:
        """The least due of the enrolments."""
        return self._book.least_due(tracks, until)

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return self._book.events(stream)

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track, or nothing."""
        return self._book.latest(track)

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""
        return self._book.letters_of(stream)

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event that a caller's key stands on."""
        return self._book.keyed(stream, key)

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant."""
        return self._book.reserve(ref)

    def wake(self, streams: Collection[str], day: date) -> None:
        """Let streams be decided again from a day."""
        self._book.wake(streams, day)

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write events, snapshots, claims and todos together.

        Args:
            enrolments: The snapshots that moved.
            events: The new events, in order within each stream.
            tracks: The snapshots of tracks that moved.

        """
        self._reached.said |= bool(events)
        self._book.save(enrolments, events, tracks)


def catch_up_in_batches(book: Book, reached: Reached) -> None:
    """Decide beforehand, a batch a transaction, all that a write was found to read.

    Args:
        book: The ledger.
        reached: What the write caught up where it was tried.

    """
    for unit, clock in reached.units.items():
        advance(book, unit, clock.today, clock.recorded)
    streams = list(reached.streams)
    for at in range(0, len(streams), BATCH):
        with book.transaction():
            _decide_alone(book, {name: reached.streams[name] for name in streams[at : at + BATCH]})


def _decide_alone(book: Book, clocks: Mapping[str, Clock]) -> None:
    """Decide enrolments that share nothing, each with its own clock."""
    people = book.load(list(clocks))
    rows = {one.track: row for one in people if (row := book.track(one.track))}
    events = [
        event
        for one in people
        for event in advance_enrolment(book, rows[one.track], one, clocks[one.stream].today, clocks[one.stream].recorded)
    ]
    book.save(people, events)
