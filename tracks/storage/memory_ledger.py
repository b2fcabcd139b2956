"""A ledger over lists, for simulation and tests: the same verbs as the store, nothing on disk."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tracks.engine.context.units import units_of
from tracks.events.outbox import PENDING, Posted, settled, touched
from tracks.events.streams import StreamId
from tracks.storage.trial import Trial, Undone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.outbox import Letter
    from tracks.events.snapshots import Claim, Enrolment, TrackRow


class MemoryLedger:
    """Streams, snapshots and versions in dicts; a failed transaction leaves them as they were."""

    def __init__(self) -> None:
        self.log: dict[str, list[Event]] = {}
        self.enrolments: dict[str, Enrolment] = {}
        self.rows: dict[str, TrackRow] = {}
        self.plans: dict[tuple[str, int], Plan] = {}
        self.outbox: dict[Letter, str] = {}
        self._depth = 0
        self._lengths: dict[str, int] = {}  # of the streams written to in the running transaction, before it

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner one joins the outer."""
        if self._depth:
            yield
            return
        with self._restored():
            yield

    @contextmanager
    def trial(self) -> Iterator[Trial]:
        """Take back at the end what is written within, unless it is kept; what an outer transaction wrote before stays."""
        trial = Trial()
        with suppress(Undone), self._restored():
            yield trial
            trial.end()

    @contextmanager
    def _restored(self) -> Iterator[None]:
        """Put everything back as it was where something fails within."""
        # Snapshots are replaced and never changed in place, so the dicts alone need a copy.
        kept = (dict(self.enrolments), dict(self.rows), dict(self.plans), dict(self.outbox))
        outer, self._lengths = self._lengths, {}
        self._depth += 1
        try:
            yield
        except BaseException:
            # A log only grows, so its length before is all that must be kept of it.
            for stream, length in self._lengths.items():
                del self.log[stream][length:]
            self.enrolments, self.rows, self.plans, self.outbox = kept
            self._lengths = outer
            raise
        else:
            # What the outer one would cut a log back to is its own length, where it wrote to the stream first.
            self._lengths = {**self._lengths, **outer} if self._depth > 1 else {}
        finally:
            self._depth -= 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read from one state; nobody else writes here."""
        yield

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""
        row = self.rows.get(track)
        return replace(row) if row else None

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return sorted(self.rows)

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track."""
        return self.plans[track, version]

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track.

        Args:
            plan: The version, ready for deciding.
            source: The text as its author wrote it; not kept here.
            labels: The names that reading needs; not kept here.

        """
        del source, labels
        self.plans[plan.track.track, plan.version] = plan

    def unit(self, track: str, coming: Collection[Plan] = ()) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one."""
        return units_of([*self.plans.values(), *coming])[track]

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """Answer the first enrolments due on a day or before it.

        Args:
            tracks: The ids of the tracks.
            until: The last day.
            limit: How many at most.
            shard: The number of a part, from 0, and how many parts there are; None means all.

        Returns:
            The first of them, by day and stream.

        """
        found = [
            (one.due, one.stream, one)
            for one in self.enrolments.values()
            if one.due and one.due <= until and one.track in tracks and (shard is None or one.shard % shard[1] == shard[0])
        ]
        return [replace(one) for _, _, one in sorted(found)[:limit]]

    def least_due(self, tracks: Sequence[str], until: date) -> date | None:
        """The least due of the enrolments, whenever it is."""
        del until
        return min((one.due for one in self.enrolments.values() if one.due and one.track in tracks), default=None)

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of some streams."""
        return [replace(self.enrolments[stream]) for stream in streams if stream in self.enrolments]

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, oldest first."""
        found = [one for one in self.enrolments.values() if one.ref == ref]
        return [replace(one) for one in sorted(found, key=lambda one: int(StreamId.parse(one.stream).name or 0))]

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims of a track."""
        return [(one.stream, claim) for one in self.enrolments.values() if one.track == track for claim in one.claims]

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in some statuses."""
        return sorted(one.stream for one in self.enrolments.values() if one.track == track and one.status in statuses)

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track."""
        return max((one.recorded for one in self.enrolments.values() if one.track == track), default="")

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands."""
        return sorted(one.stream for one in self.enrolments.values() if one.track == track and one.last and one.last > day)

    def wake(self, streams: Collection[str], day: date) -> None:
        """Let streams be decided again from a day."""
        for stream in streams:
            one = self.enrolments.get(stream)
            if one:
                self.enrolments[stream] = replace(one, due=min(one.due, day) if one.due else day)

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write events, snapshots, claims and todos together.

        Args:
            enrolments: The snapshots that they lead to.
            events: The events, in the order of their numbers.
            tracks: The snapshots of tracks.

        Raises:
            ValueError: An event does not follow the last one of its stream.

        """
        for event in events:
            stream = self.log.setdefault(event.stream, [])
            self._lengths.setdefault(event.stream, len(stream))
            if event.seq != len(stream) + 1:
                message = f"{event.stream} has {len(stream)} events, not {event.seq - 1}"
                raise ValueError(message)
            stream.append(event)
        for one in enrolments:
            self.enrolments[one.stream] = replace(one)
        for row in tracks:
            self.rows[row.id] = replace(row)
        for name in touched(events):
            new = [event for event in events if event.stream == name]
            self.outbox |= {one.letter: one.state for one in settled(self.letters_of(name), self.log[name], new)}

    def post(self, letters: Iterable[Letter]) -> None:
        """Put letters in the outbox; those that are there already stay as they are."""
        for letter in letters:
            self.outbox.setdefault(letter, PENDING)

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""
        return [Posted(letter, state) for letter, state in sorted(self.outbox.items()) if letter.stream == stream]

    def mark(self, letter: Letter, before: str, after: str) -> bool:
        """Move a letter from one state to the next.

        Args:
            letter: Which letter.
            before: The state that it must have.
            after: The state that it comes to.

        Returns:
            False where somebody else did, or its cause was put right.

        """
        if self.outbox.get(letter) != before:
            return False
        self.outbox[letter] = after
        return True

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return list(self.log.get(stream, ()))

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event that a caller's key stands on."""
        return next((event for event in self.log.get(stream, ()) if event.key == key), None)

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant."""
        return len(self.enrolments_of(ref)) + 1
