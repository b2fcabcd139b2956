"""What must hold of every world at every moment, whatever was said: each function names one promise and raises where it is broken."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.tracks.worlds.second_fold import as_second, second_fold
from tests.tracks.worlds.worlds import clock
from tracks.engine.context import input_builder
from tracks.engine.loop.decide import decide
from tracks.engine.loop.replay import compare_with_log, replay
from tracks.engine.loop.retroactive import past_surroundings
from tracks.events.event import ENGINE_ACTOR
from tracks.events.fold import Progress, evolve, fold, standing
from tracks.events.hash_chain import seal
from tracks.events.kinds.table import WITHDRAWN, field_name, is_consequence, is_fact, is_grant, typed
from tracks.events.snapshots import GENESIS
from tracks.events.status import Status
from tracks.recording import operations
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.engine.context.inputs import View
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment

S = Status
# From a status to those that may follow it, as the engine's page has it; what is not here must not happen by going forwards.
LEADS: dict[Status, set[Status]] = {
    S.REFERRED: {S.WAITING, S.DECLINED, S.NOT_STARTED, S.ACTIVE},  # a no before any offer is her own
    S.WAITING: {S.OFFERED, S.ACCEPTED, S.DECLINED, S.NOT_STARTED},
    S.OFFERED: {S.ACCEPTED, S.DECLINED, S.WAITING, S.NOT_STARTED},
    S.ACCEPTED: {S.ACTIVE, S.WAITING, S.DECLINED, S.NOT_STARTED},  # back to the queue where her start is cancelled (rule R39)
    S.ACTIVE: {S.PAUSED, S.COMPLETED, S.INTERRUPTED},
    S.PAUSED: {S.ACTIVE, S.INTERRUPTED},
}
OPEN = frozenset(LEADS)


def copied(book: MemoryLedger) -> MemoryLedger:
    """The same world once more, to try something on."""
    other = MemoryLedger()
    other.log = {stream: list(events) for stream, events in book.log.items()}
    other.enrolments, other.rows, other.plans = dict(book.enrolments), dict(book.rows), dict(book.plans)
    return other


def advanced(book: MemoryLedger, day: date) -> MemoryLedger:
    """A copy, advanced to a day."""
    other = copied(book)
    for unit in operations.all_units(other):
        operations.advance_unit(other, unit, clock(day))
    return other


def seen(book: MemoryLedger, one: Enrolment) -> View:
    return input_builder.person_view(book, book.rows[one.track], one)


def snapshots_are_the_folds(book: MemoryLedger, today: date) -> None:
    for stream, events in book.log.items():
        progress = fold(events)
        if stream.startswith("track/"):
            row = book.rows[stream.removeprefix("track/")]
            assert (row.state, row.seq, row.head) == (progress, len(events), events[-1].hash), stream
            continue
        one = book.enrolments[stream]
        assert one.progress.fields == progress.fields, stream
        assert as_second(progress) == second_fold(events), stream
        assert (one.seq, one.head, one.recorded) == (len(events), events[-1].hash, events[-1].recorded), stream
        assert (one.status, one.start) == (progress.status, progress.on("admitted")), stream
        assert one.last == max(event.effective for event, _ in standing(events)), stream
        day = decided_until(book, one, today)
        if one.due is None or one.due > day:
            found = decide(seen(book, one), progress, day)
            assert (one.claims, one.todos) == (found.claims, found.todos), stream


def decided_until(book: MemoryLedger, one: Enrolment, today: date) -> date:
    """The day that a person's claims and todos are of: where what is shared lags behind, no later day has been decided."""
    rows = [book.rows[name] for name in book.unit(one.track)]
    frontier = rows[0].frontier
    lags = rows[0].pending or any(row.due and row.due <= today for row in rows)
    return frontier if lags and frontier and frontier < today else today


def the_chain_is_whole(book: MemoryLedger) -> None:
    for stream, events in book.log.items():
        head, recorded = GENESIS, ""
        track = stream.removeprefix("track/") if stream.startswith("track/") else book.enrolments[stream].track
        for number, event in enumerate(events, 1):
            assert event.seq == number
            assert event.recorded >= recorded, (stream, number)
            assert seal(event, book.plans[track, event.version or 0].hash, head) == event.hash, (stream, number)
            head, recorded = event.hash, event.recorded


def the_engine_says_no_fact_and_people_nothing_else(events: Iterable[Event]) -> None:
    for event in events:
        mine = is_consequence(event.kind) or is_grant(event.kind) or event.kind == WITHDRAWN
        assert typed(event).to_json() == event.data, (event.kind, event.data)
        assert (event.actor == ENGINE_ACTOR) is mine, event
        assert mine or is_fact(event.kind)


def only_what_the_engine_said_is_withdrawn(events: Iterable[Event]) -> None:
    every = list(events)
    for event in every:
        if event.kind == WITHDRAWN:
            of = every[event.data["seq"] - 1]
            assert is_consequence(of.kind) or is_grant(of.kind), (event, of)


def statuses_lead_on_as_written(events: list[Event], since: int) -> None:
    """For what was appended since; from something late or corrected on, the person stands anew."""
    last = max((event.effective for event in events[:since]), default=date.min)
    before = fold(events[:since])
    for event in events[since:]:
        if event.kind in ("corrected", WITHDRAWN) or event.effective < last:
            return
        last, after = event.effective, evolve(before, event, event.seq)
        was, now = before.status, after.status
        # What was told of somebody before her admission was taken back holds again once she is admitted anew.
        told = event.kind == "admitted" and (before.get("close") or before.get("pauses"))
        if before.fields and was != now and not told:
            may = LEADS.get(was, set()) | ({S.TRANSFERRED} if was in OPEN else set()) | {S.MISREGISTERED}
            assert now in may, (event, was, now)
        before = after


def no_event_names_a_step_that_is_not_hers(book: MemoryLedger) -> None:
    for stream, events in book.log.items():
        if stream.startswith("track/"):
            continue
        track, versions, own = book.enrolments[stream].track, set(), set()
        for event in events:
            versions.add(event.version)
            own |= {event.step} if event.kind == "added" else set()
            if event.step and event.kind not in ("contacted", WITHDRAWN, "corrected"):
                known = {step for version in versions for step in book.plans[track, version or 0].steps}
                assert event.step in known | own, event


def nothing_follows_before_it_is_due(book: MemoryLedger, today: date, days: int) -> None:
    """For a world that is advanced: nothing follows on any day before the due one, and claims and todos stay as they are."""
    for stream, one in book.enrolments.items():
        view = seen(book, one)
        assert one.due is None or one.due > today, (stream, one.due)
        until = min(one.due or date.max, today + timedelta(days=days))
        for number in range((until - today).days):
            day = today + timedelta(days=number)
            decided = decide(view, one.progress, day)
            assert decided.events == (), (stream, day, decided.events, one.due)
            assert (decided.claims, decided.todos) == (one.claims, one.todos), (stream, day, one.due)


def what_is_due_is_answered_once(book: MemoryLedger) -> None:
    for stream, one in book.enrolments.items():
        if one.due is None:
            continue
        view = seen(book, one)
        first = decide(view, one.progress, one.due)
        again = decide(view, first.progress, one.due)
        assert again.events == (), (stream, one.due, first.events, again.events)
        assert (again.due, again.claims, again.todos) == (first.due, first.claims, first.todos), (stream, one.due)
        assert again.due is None or again.due > one.due


def two_advances_are_one(book: MemoryLedger, today: date, draw: random.Random) -> None:
    first = today + timedelta(days=draw.randrange(0, 12))
    second = first + timedelta(days=draw.randrange(1, 15))
    once, twice = advanced(book, second), advanced(advanced(book, first), second)
    assert events_of(twice) == events_of(once), (first, second)


def events_of(book: MemoryLedger) -> dict[str, list[tuple[Any, ...]]]:
    """Everything of the events but recorded time and hashes."""
    return {s: [(e.seq, *e.draft, e.actor, e.version, e.key) for e in log] for s, log in book.log.items()}


def the_order_within_a_day_does_not_matter(events: list[Event], draw: random.Random) -> None:
    """Events of one date that set different fields, in any order, fold to the same."""
    stands = [event for event, _ in standing(events)]
    shuffled: list[Event] = []
    for _, group in groupby(stands, key=lambda event: event.effective):
        waiting: dict[tuple[Any, ...], list[Event]] = defaultdict(list)
        for event in group:
            waiting[_line(event)].append(event)
        while waiting:
            key = draw.choice(sorted(waiting))
            shuffled.append(waiting[key].pop(0))
            if not waiting[key]:
                del waiting[key]
    assert _values(_folded(shuffled)) == _values(_folded(stands))


def _line(event: Event) -> tuple[Any, ...]:
    """Events that may set the same field stand in one line: facts of the person, what closes, and the same field."""
    name = field_name(event.kind, event.data) or event.kind
    if "facts" in event.data:
        return ("", 0, "facts")
    if event.kind == "transferred":
        return ("", 0, "close")
    return (event.step, event.attempt, name)


def _folded(events: Iterable[Event]) -> Progress:
    progress = Progress()
    for position, event in enumerate(events):
        progress = evolve(progress, event, position)
    return progress


def _values(progress: Progress) -> dict[Any, Any]:
    return {key: (field.effective, field.value) for key, field in progress.fields.items()}


def deciding_again_changes_nothing(book: MemoryLedger, today: date) -> None:
    """Of an advanced world: what stands is what follows from the facts, however late they came; and it folds to the same."""
    for stream, one in book.enrolments.items():
        row, log = book.rows[one.track], book.log[stream]
        past = past_surroundings(book, row, log)
        found = compare_with_log(log, past, today)
        gone = [log[draft.data["seq"] - 1].draft for draft in found.withdrawals]
        assert (gone, found.missing) == ([], ()), stream
        assert (found.pinned, found.due) == (one.version, one.due), (stream, found.pinned, found.due, one.version, one.due)
        assert _values(replay(log, past, today).progress) == _values(one.progress), stream
