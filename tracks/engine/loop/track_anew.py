"""What was said of a track put right: what it led to is taken back on the track, and everybody whom it reached is decided again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracks.clock import Clock
from tracks.engine.context.input_builder import track_view, version_on
from tracks.engine.context.inputs import parse_day
from tracks.engine.loop.replay import claims_on
from tracks.engine.loop.retroactive import decide_all_again, surroundings
from tracks.engine.rules.allocation import Row, draft_of_hold, is_counted
from tracks.engine.rules.shared_steps import is_grounded
from tracks.events.event import ENGINE_ACTOR
from tracks.events.fold import fold, roots, standing
from tracks.events.hash_chain import append
from tracks.events.kinds.conclusions import Withdrawn
from tracks.events.kinds.table import is_fact, is_grant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.context.ports import Ledger
    from tracks.events.event import Draft, Event
    from tracks.events.fold import TrackState
    from tracks.events.snapshots import TrackRow

_DAY = timedelta(days=1)


class TrackTurn(NamedTuple):
    """A track of which something else is known now.

    Attributes:
        before: Every event of its stream as far as it was known.
        after: The same with what puts one of them right.
        first: The first day that is another now.
        start: The start that it is about, by its declared day; empty where it is about none.

    """

    before: Sequence[Event]
    after: Sequence[Event]
    first: date
    start: str = ""


def decide_track_again(
    book: Ledger, row: TrackRow, turn: TrackTurn, concerned: Collection[str], today: date, recorded: str
) -> tuple[list[Event], list[Event]]:
    """Put everybody on a track as if what is known of it now had been known from the start.

    What people share is given from today on, as after any correction; but what the track itself was given, and never would have been,
    is withdrawn, and a start whose day has passed uncounted is counted now, since nobody gets anything by that.

    Args:
        book: Where tracks and enrolments are read and written.
        row: The snapshot of the track, moved forward in place and saved.
        turn: What became known of the track; its events are saved already.
        concerned: The streams that are concerned besides those in which anything of a day since stands.
        today: The clock's day.
        recorded: The UTC instant that new events are recorded at.

    Returns:
        The new events of the track, and those of people; all are saved.

    """
    reached = sorted({*book.ahead(row.id, turn.first - _DAY), *concerned})
    own = _settled(book, row, turn, reached, today, recorded)
    return own, decide_all_again(book, row, reached, today, recorded)


def _settled(book: Ledger, row: TrackRow, turn: TrackTurn, reached: Collection[str], today: date, recorded: str) -> list[Event]:
    """What the track itself was given, brought to what is known now; answers the new events, which are saved."""
    log = list(turn.after)

    def write(drafts: Sequence[Draft]) -> None:
        track_hash = book.plan(row.id, row.version).hash
        log.extend(append(row, drafts, actor=ENGINE_ACTOR, recorded=recorded, version=row.version, track_hash=track_hash))

    # A hold comes first: whom it keeps out concerns no shared step.
    for day in _uncounted(book, row, turn, today):
        write([held] if (held := _hold(book, row, log, reached, turn.start, day)) else [])
    write([Withdrawn(seq=one.seq, because="late fact").draft(today, one.step, one.attempt) for one in _lost(book, row, turn, log, reached)])
    row.state = fold(log)
    written = log[len(turn.after) :]
    book.save([], written, [row])
    return written


def _uncounted(book: Ledger, row: TrackRow, turn: TrackTurn, today: date) -> list[date]:
    """The days of the start that have come and on which it was to be counted how many had accepted, and was not; in order."""
    moved = (event.data["to"] for event, _ in standing(turn.after) if event.kind == "start_postponed" and event.data["start"] == turn.start)
    days = sorted({parse_day(day) for day in (turn.start, *moved) if day})
    return [day for day in days if day <= today and _to_be_counted(book, row, turn, day)]


def _to_be_counted(book: Ledger, row: TrackRow, turn: TrackTurn, day: date) -> bool:
    now, before = (_counts(book, row, turn.start, day, log) for log in (turn.after, turn.before))
    if before or not now:
        return False
    # What was held on the day and has lost its ground since is held again; what was not held then was found to have enough.
    held = any(one.kind == "start_held" and (one.data["start"], one.effective) == (turn.start, day) for one in turn.before)
    return held or not _counts(book, row, turn.start, day, [one for one in turn.before if _day(one) < day])


def _counts(book: Ledger, row: TrackRow, start: str, day: date, log: Sequence[Event]) -> bool:
    return is_counted(_view(book, row, fold(_said_before(log, day)), day), start, day)


def _hold(book: Ledger, row: TrackRow, log: Sequence[Event], reached: Collection[str], start: str, day: date) -> Draft | None:
    """That a start is held on a day, by what had been said before it, of the track and of people: what comes later is counted nowhere."""
    then, rows = _said_before(log, day), list[Row]()
    for stream in sorted({*reached, *(stream for stream, _ in book.claims(row.id))}):
        own = [event for event in book.events(stream) if _day(event) < day]
        claims = claims_on(own, surroundings(book, row, own, then), {day})[day]
        rows += [(stream, claim) for claim in claims]
    return draft_of_hold(_view(book, row, fold(then), day), rows, start, day)


def _said_before(log: Sequence[Event], day: date) -> list[Event]:
    """The log of a track without what people said of it on a day or later; what they had said before stands as it was put right since."""
    root = roots(log)
    late = {event.seq for event in log if is_fact(event.kind) and event.seq not in root and _day(event) >= day}
    return [event for event in log if root.get(event.seq, event.seq) not in late]


def _day(event: Event) -> date:
    """The day on which an event was recorded."""
    return Clock.recorded_at(event.recorded).today


def _lost(book: Ledger, row: TrackRow, turn: TrackTurn, log: Sequence[Event], reached: Collection[str]) -> list[Event]:
    """What was given on the track and had its ground in what was known, but has none in what is known now; in order of number."""
    known = {event.seq for event in turn.before}
    given = [event for event, _ in standing(log) if is_grant(event.kind) and event.effective >= turn.first and event.seq in known]
    if not given:
        return []
    never = {event.seq for event in _groundless(book, row, turn.before, given, reached)}
    gone: dict[int, Event] = {}
    while True:
        now = [event for event in log if event.seq not in gone]
        left = [event for event in given if event.seq not in gone and event.seq not in never]
        lost = list(_groundless(book, row, now, left, reached))
        if not lost:
            return [gone[seq] for seq in sorted(gone)]
        # The earliest first: what comes after it may have lost its ground with it, or have it back.
        day = min(event.effective for event in lost)
        gone |= {event.seq: event for event in lost if event.effective == day}


def _groundless(book: Ledger, row: TrackRow, log: Sequence[Event], given: Sequence[Event], reached: Collection[str]) -> Iterator[Event]:
    state = fold(log)
    crowds = _crowd(book, row, log, reached, {event.effective for event in given if event.kind != "start_held"})
    for event in given:
        if event.kind == "start_held":
            grounded = _hold(book, row, log, reached, event.data["start"], event.effective) is not None
        else:
            grounded = is_grounded(_view(book, row, state, event.effective), crowds[event.effective], event)
        if not grounded:
            yield event


def _view(book: Ledger, row: TrackRow, state: TrackState, day: date) -> View:
    """The track on a day, as its fold is."""
    then = replace(row, state=state)
    return track_view(book, replace(then, version=version_on(then, day)), None)


def _crowd(book: Ledger, row: TrackRow, log: Sequence[Event], reached: Collection[str], days: Collection[date]) -> dict[date, list[Row]]:
    """What everybody claimed at the end of each of some days, had the track been so; of who was not reached, what they claim still."""
    if not days:
        return {}
    others = [(stream, claim) for stream, claim in book.claims(row.id) if stream not in reached]
    found = {day: list(others) for day in days}
    for stream in reached:
        own = book.events(stream)
        for day, claims in claims_on(own, surroundings(book, row, own, log), days).items():
            found[day] += [(stream, claim) for claim in claims]
    return found
