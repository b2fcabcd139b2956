"""A correction leaves other people untouched: nothing that anybody has answered, and nothing at all before its day."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.tracks.worlds import commands, invariants, shapes, worlds
from tracks.engine.context.input_builder import person_view
from tracks.engine.loop.apply import append_drafts
from tracks.engine.loop.retroactive import decide_again
from tracks.events.event import Draft
from tracks.events.kinds.table import WITHDRAWN, is_consequence
from tracks.recording import operations
from tracks.recording.operations import mark_pending
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracks.engine.context.present import Present
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, TrackRow

SHARED = ("rolling", "dated", "programme")
# For each shape with shared places; JOBBSPAR_CORRECTED asks for more.
# So many that in each shape some correction frees a place, or takes one.
ENOUGH = 40
OTHERS = int(os.environ.get("JOBBSPAR_CORRECTED", "60")) * 2 // 3
PEOPLE = 7
# What gives a place or takes one.
WEIGHTY = frozenset({"referred", "accepted", "offered", "declined", "refused", "interrupted", "closed", "reported", "moved", "transferred"})


class Aside(NamedTuple):
    """A world on the day of a correction, and twenty days later without it and with it; `ref` is whom it was about."""

    before: MemoryLedger
    at_once: MemoryLedger
    without: MemoryLedger
    corrected: MemoryLedger
    ref: str
    today: date


def aside(shape: str, seed: int) -> Aside | None:
    """None where nothing that was drawn could be corrected."""
    draw, tracks = random.Random(seed + 11), shapes.SHAPES[shape]()
    today = shapes.FIRST + timedelta(days=draw.randrange(25, 75))
    said = [one for one in worlds.commands(seed, tracks, people=PEOPLE, span=75) if one.day <= today]
    before = MemoryLedger()
    worlds.live(before, tracks, said, lambda _book, _day: None)
    worlds.end(before, today)
    at_once, pool = invariants.copied(before), commands.Pool(tracks)
    for number in range(12):
        stream = f"p{draw.randrange(PEOPLE)}/1"
        weighty = [n for n, event in enumerate(worlds.said_in(before.log.get(stream, ()))) if event.kind in WEIGHTY]
        if weighty:
            right = commands.command(draw, pool, today, "correct", stream)
            right = right._replace(
                data={**right.data, "pick": draw.choice(weighty), "how": draw.choice(("day", "data", "withdraw", "withdraw"))}
            )
            worlds.again(partial(worlds.correct, at_once, worlds.clock(today, 59), stream, right, f"rätt{number}"))
        if at_once.log != before.log:
            later = today + timedelta(days=20)
            return Aside(before, at_once, invariants.advanced(before, later), invariants.advanced(at_once, later), stream[:2], today)
    return None


def new(book: MemoryLedger, before: MemoryLedger, stream: str) -> Counter[tuple[Any, ...]]:
    """The events of a stream since a moment."""
    return Counter(content(event) for event in book.log[stream][len(before.log[stream]) :])


def content(event: Event) -> tuple[Any, ...]:
    return (event.effective, event.kind, event.step, event.attempt, repr(sorted(event.data.items())))


class Touched(NamedTuple):
    """What another person, with the status that she had, got or did not get because of a correction."""

    stream: str
    status: str
    events: tuple[tuple[Any, ...], ...]


def touched(found: Aside) -> list[Touched]:
    """What differs for others, and for the tracks."""
    rows = []
    for stream in sorted(found.before.log):
        if stream.startswith(f"{found.ref}/"):
            continue
        ours, theirs = (new(book, found.before, stream) for book in (found.without, found.corrected))
        status = "" if stream.startswith("track/") else str(found.before.enrolments[stream].status)
        differ = sorted((ours - theirs) + (theirs - ours))
        rows += [Touched(stream, status, tuple(differ))] if differ else []
    return rows


# What the engine gives of shared things: only this may differ for others, and what follows from it.
GIVEN = frozenset({"proposed", "unproposed", "place_given", "start_held", "subject_step_started", "subject_step_due", "subject_step_ended"})


def unanswered_alone(found: Aside) -> int:
    """That a correction changes for others only what is given from its day on, and nothing answered; answers how many it reached.

    Raises an AssertionError where somebody who was offered a place, has answered, or has begun was touched otherwise.
    """
    for stream in found.before.log:
        assert stream.startswith(f"{found.ref}/") or found.at_once.log[stream] == found.before.log[stream], ("at once", stream)
    differ = touched(found)
    starts = any(event[1] == "start_held" for one in differ for event in one.events)
    for one in differ:
        assert min(event[0] for event in one.events) >= found.today, ("earlier", one)
        assert not any(event[1] == "withdrawn" for event in one.events), ("withdrawn", one)
        given = {event[1] for event in one.events} & GIVEN
        if one.status in ("referred", "waiting"):
            assert {event[1] for event in one.events} <= {"proposed", "unproposed"}, ("answered", one)
        elif one.status:
            # A step's place that became free, or a start that no longer has enough people, is all that can reach them.
            assert given == {"place_given"} or (one.status == "accepted" and starts and not given), ("answered", one)
    return len(differ)


@pytest.mark.parametrize("shape", SHARED)
def test_a_correction_reaches_others_only_through_what_is_free_from_its_day_on(shape: str) -> None:
    found = [unanswered_alone(one) for seed in range(OTHERS) if (one := aside(shape, seed))]
    assert len(found) > OTHERS / 2
    # Some corrections freed a place, or took one; where few worlds are lived there may be none.
    assert OTHERS < ENOUGH or any(found)


def a_slice_before_the_correction(book: Present, row: TrackRow) -> None:
    """A mutant: what a correction frees is given from before its day."""
    mark_pending(book, row)
    for name in book.unit(row.id):
        found = book.track(name)
        assert found
        found.frontier = book.clock_of(name).today - timedelta(days=5)
        book.save([], [], [found])


def everybody_again(book: MemoryLedger, row: TrackRow, one: Enrolment, log: Sequence[Event], today: date, recorded: str) -> list[Event]:
    """A mutant: a correction takes back the last consequence for everybody else who is on the track."""
    written = decide_again(book, row, one, log, today, recorded)
    for other in book.load(book.members(row.id, ("accepted", "active"))):
        if other.ref != one.ref:
            last = [event for event in book.events(other.stream) if is_consequence(event.kind)][-1]
            back = Draft(WITHDRAWN, today, last.step, last.attempt, {"seq": last.seq, "because": "late fact"})
            book.save([other], append_drafts(other, [back], person_view(book, row, other), recorded))
    return written


def caught(seeds: Sequence[int], what: str) -> int:
    """In how many worlds it is found, and as what."""
    count = 0
    for seed in seeds:
        found = aside("rolling", seed)
        assert found
        try:
            unanswered_alone(found)
        except AssertionError as found_out:
            count += what in str(found_out)
    return count


@pytest.mark.parametrize(
    ("name", "mutant", "seeds", "what"),
    [("mark_pending", a_slice_before_the_correction, (25, 34, 55), "earlier"), ("decide_again", everybody_again, (1, 4, 5), "at once")],
)  # fmt: skip
def test_a_correction_that_reaches_others_is_found(
    name: str, mutant: Callable[..., object], seeds: Sequence[int], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert caught(seeds, "") == 0
    monkeypatch.setattr(operations, name, mutant)
    assert caught(seeds, what) > 0
