"""One person decided again from the start, after a late fact or a correction; with what surrounded her on each day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.engine.context.deviations import personal_plan
from tracks.engine.context.input_builder import TransferOutcome, former_steps, outcome_of, person_view
from tracks.engine.context.inputs import View
from tracks.engine.loop.apply import append_drafts, refresh_claims
from tracks.engine.loop.replay import PastSurroundings, Surroundings, SurroundingsChange, compare_with_log
from tracks.events.fold import Progress, evolve, fold, standing
from tracks.events.kinds.table import is_fact
from tracks.events.status import Status
from tracks.events.streams import track_stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from tracks.engine.context.ports import Ledger
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, TrackRow

_FIRST: Final = "applied:1"
# How many enrolments are read and written in one go.
_BATCH: Final = 500


def decide_again(book: Ledger, row: TrackRow, one: Enrolment, log: Sequence[Event], today: date, recorded: str) -> list[Event]:
    """Put a person as if what is known now had been known from the start; others are touched only by later grants.

    Args:
        book: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        one: The snapshot of the enrolment, moved forward in place.
        log: Every event of the stream, in order.
        today: The clock's day.
        recorded: The UTC instant that new events are recorded at.

    Returns:
        The new events, which the caller saves with the snapshot.

    """
    found = compare_with_log(log, past_surroundings(book, row, log), today)
    one.version, one.due = found.pinned, found.due
    written = append_drafts(one, found.withdrawals, person_view(book, row, one), recorded)
    # Each event is sealed with the version that it was decided by, which a migration may have changed.
    for version, group in groupby(found.missing, key=lambda missing: missing.version):
        view = person_view(book, row, replace(one, version=version))
        written += append_drafts(one, [missing.draft for missing in group], view, recorded)
    one.progress = fold([*log, *written])
    one.last = max(event.effective for event, _ in standing([*log, *written]))
    refresh_claims(person_view(book, row, one), one, today)
    return written


def decide_origin(book: Ledger, origin: str, today: date, recorded: str) -> list[Event]:
    """The enrolment that a person was transferred from, decided again because what became of it is another.

    Args:
        book: Where tracks and enrolments are read and written.
        origin: The stream that the transfer was said in.
        today: The day up to which it is decided.
        recorded: The UTC instant that new events are recorded at.

    Returns:
        The new events, saved already.

    """
    (one,) = book.load([origin])
    row = book.track(one.track)
    if row is None:
        return []
    events = decide_again(book, row, one, book.events(origin), today, recorded)
    book.save([one], events)
    return events


def decide_all_again(book: Ledger, row: TrackRow, streams: Sequence[str], today: date, recorded: str) -> list[Event]:
    """Decide people of a track again, and where the way here of any ended otherwise than was known, what she was transferred from (R46).

    Args:
        book: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        streams: The streams of the people, in order.
        today: The clock's day.
        recorded: The UTC instant that new events are recorded at.

    Returns:
        The new events, all saved.

    """
    found: list[Event] = []
    for at in range(0, len(streams), _BATCH):
        people = book.load(streams[at : at + _BATCH])
        before = {one.stream: outcome_of(one.progress) for one in people}
        events = [event for one in people for event in decide_again(book, row, one, book.events(one.stream), today, recorded)]
        book.save(people, events)
        found += events
        for one in people:
            origin = (one.progress.value("referred") or {}).get("from")
            if origin and outcome_of(one.progress) != before[one.stream]:
                found += decide_origin(book, origin, today, recorded)
    return found


def is_late(row: TrackRow, one: Enrolment, day: date, today: date) -> bool:
    """Whether anything was decided of a later day already, or with something of the track that was not so on that day.

    Args:
        row: The snapshot of the track.
        one: The snapshot of the enrolment.
        day: The day that the new fact is about.
        today: The clock's day.

    Returns:
        Whether the enrolment must be decided again from the start.

    """
    if day < (one.last or day) or _turned_since(row, day):
        return True
    # After exit some things are concluded of the day of exit long after it (rule R30), so that `last` says too little; but not where
    # nothing was written since. The day of an instant is one of UTC, which may be the day before that of the clock.
    return day < today and one.progress.exit is not None and one.recorded[:10] >= day.isoformat()


def _turned_since(row: TrackRow, day: date) -> bool:
    return any(field.effective > day for (_, _, name), field in row.state.fields.items() if name != _FIRST)


def pass_on_track_fact(book: Ledger, row: TrackRow, concerned: Collection[str], day: date, today: date, recorded: str) -> None:
    """A fact of the track reaches those whom it concerns: a late one is late for each, also for those who have left since.

    Args:
        book: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        concerned: The streams that the fact wakes.
        day: The day that the fact is about.
        today: The clock's day.
        recorded: The UTC instant that new events are recorded at.

    """
    # Who has anything of a later day was decided without knowing the fact.
    again = set(book.ahead(row.id, day))
    if day < today and _turned_since(row, day):
        again |= set(book.members(row.id, list(Status)))
    decide_all_again(book, row, sorted(again), today, recorded)
    book.wake(set(concerned) - again, day)


def past_surroundings(book: Ledger, row: TrackRow, log: Sequence[Event]) -> PastSurroundings:
    """What surrounded a person: the track as it stood at each moment, and what became of a transfer to another one.

    Args:
        book: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        log: Every event of the person's stream.

    Returns:
        What surrounded her, and how to make a view of it.

    """
    return surroundings(book, row, log, book.events(track_stream(row.id)) if row.seq > 1 else [])


def surroundings(book: Ledger, row: TrackRow, log: Sequence[Event], track: Sequence[Event]) -> PastSurroundings:
    """The same, of a track of which other things were said or given.

    Args:
        book: Where tracks and enrolments are read.
        row: The snapshot of the track.
        log: Every event of the person's stream.
        track: Every event of the stream of the track; none of one of which nothing was said since it was put in force.

    Returns:
        What surrounded her, and how to make a view of it.

    """
    first = Surroundings(1, Progress({key: field for key, field in row.state.fields.items() if key[2] == _FIRST}))
    stands = [(event, position) for event, position in standing(track) if event.seq > 1]
    # Whether a start was held is known from the day's grants only, which no rerun gives again.
    held: dict[date, set[str]] = {}
    for event, _ in stands:
        if event.kind == "start_held":
            held.setdefault(event.effective, set()).add(event.data["start"])
    there = {event.data["enrolment"] for event in log if event.kind == "transferred" and "enrolment" in event.data}
    elsewhere = [event for stream in sorted(there) for event in _settling(book.events(stream))]
    # What a correction moved to another day became known there with the correction.
    recorded = {event.seq: event.recorded for event in track}
    turns = [_Turn(event.effective, recorded[position], position, event) for event, position in stands]
    turns += [_Turn(event.effective, event.recorded, event.seq, event, there) for event, there in elsewhere]
    return PastSurroundings(first, list(_turns(first, turns)), _Eyes(book, row, held))


class _Turn(NamedTuple):
    """An event that changes what surrounds a person: of the track, or what became of her elsewhere."""

    effective: date
    recorded: str
    position: int
    event: Event
    there: TransferOutcome | None = None


def _settling(log: Sequence[Event]) -> Iterator[tuple[Event, TransferOutcome]]:
    """The events that settled what became of an enrolment, and how."""
    progress, before = Progress(), TransferOutcome()
    for event, position in standing(log):
        progress = evolve(progress, event, position)
        now = outcome_of(progress)
        if now != before:
            yield event, now
        before = now


def _turns(first: Surroundings, turns: Sequence[_Turn]) -> Iterator[SurroundingsChange]:
    around = first
    for turn in sorted(turns, key=lambda turn: turn[:3]):
        event = turn.event
        if turn.there is not None:
            around = around._replace(there=turn.there)
        else:
            around = around._replace(state=evolve(around.state, event, turn.position))
            if event.kind == "applied":
                around = around._replace(version=event.data["version"])
        yield SurroundingsChange(turn.effective, turn.recorded, is_fact(event.kind), around)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """What a decision on a past day is taken with; every start whose day had come counts as opened unless it was held that day."""

    book: Ledger
    row: TrackRow
    held: Mapping[date, set[str]]

    def __call__(self, around: Surroundings, pinned: int | None, progress: Progress, day: date) -> View:
        shared = self.book.plan(self.row.id, around.version)
        opened = frozenset(start.date.isoformat() for start in shared.track.intake.starts) - self.held.get(day, set())
        own = personal_plan(self.book.plan(self.row.id, pinned) if pinned else shared, progress)
        former = former_steps(self.book, self.row, around.version)
        return View(own, shared, around.state, opened, around.there.admitted, around.there.returned, former)
