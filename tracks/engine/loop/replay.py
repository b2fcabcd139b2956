"""Late facts and corrections: one person decided again from nothing, compared by content with what stands."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

from tracks.engine.context.input_builder import TransferOutcome
from tracks.engine.loop.decide import decide
from tracks.events.fold import Progress, evolve, standing
from tracks.events.kinds.conclusions import Withdrawn
from tracks.events.kinds.table import is_consequence, is_fact
from tracks.events.resources import IntakePlace, StepPlace, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.event import Draft, Event
    from tracks.events.snapshots import Claim


class Surroundings(NamedTuple):
    """What surrounds a person at one moment: the version in force, the fold of `track/ID`, what became of a transfer from here."""

    version: int
    state: Progress
    there: TransferOutcome = TransferOutcome()


class SurroundingsChange(NamedTuple):
    """A moment from which something else surrounds the person, because of a fact (`said`) or of what the engine gave."""

    effective: date
    recorded: str
    said: bool
    around: Surroundings


class PastSurroundings(NamedTuple):
    """All that surrounded a person since before her referral. `view` makes of it, and her pinned version, what a day is decided with."""

    first: Surroundings
    turns: Sequence[SurroundingsChange]
    view: Callable[[Surroundings, int | None, Progress, date], View]


class Conclusion(NamedTuple):
    """A draft, and the version that it was decided by."""

    draft: Draft
    version: int


class Replayed(NamedTuple):
    """What follows from the standing facts: consequences, grants that cannot be used any more, the pinned version, and the next due."""

    consequences: tuple[Conclusion, ...]
    unusable: tuple[int, ...]
    pinned: int | None
    due: date | None
    progress: Progress


class Difference(NamedTuple):
    """What to append so that the stream stands as if the facts had been so from the start."""

    withdrawals: tuple[Draft, ...]
    missing: tuple[Conclusion, ...]
    pinned: int | None
    due: date | None


def replay(events: Iterable[Event], past: PastSurroundings, today: date) -> Replayed:
    """Take standing facts, grants and turns in order of day; close every due date before and after each, up to today.

    Args:
        events: Every event of the stream, in order.
        past: All that surrounded the person.
        today: The last day that is decided.

    Returns:
        Everything that follows from the facts.

    """
    world = _World(past)
    for item in _in_order(events, past.turns):
        world.meet(item)
    world.close_until(today)
    return Replayed(tuple(world.concluded), tuple(world.unusable), world.pinned, world.due, world.progress)


def claims_on(events: Iterable[Event], past: PastSurroundings, days: Iterable[date]) -> dict[date, Sequence[Claim]]:
    """What a person claimed of what is shared at the end of each of some days, as it follows from what is known now.

    Args:
        events: Every event of the stream, in order.
        past: All that surrounded the person.
        days: The days to tell of.

    Returns:
        Her claims by day; none on a day before her referral.

    """
    world, found = _World(past), {}
    coming = deque(_in_order(events, past.turns))
    for day in sorted(set(days)):
        while coming and coming[0].effective <= day:
            world.meet(coming.popleft())
        world.close_until(day)
        found[day] = world.claims
    return found


def _in_order(events: Iterable[Event], turns: Iterable[SurroundingsChange]) -> list[Event | SurroundingsChange]:
    """By day, then as they became known; of one instant a fact comes first, because what is given then was given after it.

    What a correction moved to another day became known there with the correction.
    """
    log = list(events)
    recorded = {event.seq: event.recorded for event in log}
    rows: list[tuple[tuple[date, str, int], Event | SurroundingsChange]] = [
        ((turn.effective, turn.recorded, not turn.said), turn) for turn in turns
    ]
    for event, position in standing(log):
        if not is_consequence(event.kind):
            rows.append(((event.effective, recorded[position], 0 if is_fact(event.kind) else 2), event))
    return [item for _, item in sorted(rows, key=lambda row: row[0])]


class _World:
    """The person as the rerun knows her so far."""

    def __init__(self, past: PastSurroundings) -> None:
        self.past, self.around = past, past.first
        self.progress = Progress()
        self.position = 0
        self.pinned: int | None = None
        self.due: date | None = None
        self.concluded: list[Conclusion] = []
        self.unusable: list[int] = []
        self.claims: Sequence[Claim] = ()

    def meet(self, item: Event | SurroundingsChange) -> None:
        """What comes next, on a day that all before it has been decided up to."""
        self.close_until(item.effective)
        if isinstance(item, SurroundingsChange):
            self.turn(item)
        elif is_fact(item.kind) or self.can_use(item):
            self.take(item)
        else:
            # A grant cannot be used where what it answered was never asked; facts of people are never withdrawn.
            self.unusable.append(item.seq)

    def take(self, event: Event) -> None:
        self.position += 1
        self.progress = evolve(self.progress, event, self.position)
        if event.kind == "migrated" and self.pinned:
            self.pinned = int(event.data["to"])
        self.close(event.effective)

    def turn(self, turn: SurroundingsChange) -> None:
        self.around = turn.around
        self.close(turn.effective)

    def close_until(self, day: date) -> None:
        while self.due is not None and self.due <= day:
            self.close(self.due)

    def close(self, day: date) -> None:
        if not self.progress.fields:
            return
        decision = decide(self.past.view(self.around, self.pinned, self.progress, day), self.progress, day, self.position)
        version = self.pinned or self.around.version
        self.concluded += [Conclusion(draft, version) for draft in decision.events]
        self.position += len(decision.events)
        self.progress, self.due = decision.progress, decision.due
        if self.pinned is None and self.progress.get("admitted"):
            self.pinned = self.around.version
        self.claims = decision.claims

    def can_use(self, event: Event) -> bool:
        """Whether a grant still has its ground."""
        if event.kind == "place_given":
            waited = (parse(claim.resource) for claim in self.claims if (claim.state, claim.attempt) == ("waiting", event.attempt))
            return any(isinstance(place, StepPlace) and place.step == event.step for place in waited)
        if event.kind == "proposed":
            asked = {IntakePlace(), IntakePlace(event.data["start"])}
            return any(claim.state == "waiting" and parse(claim.resource) in asked for claim in self.claims)
        return any(claim.state == "proposed" for claim in self.claims)


def compare_with_log(events: Sequence[Event], past: PastSurroundings, today: date) -> Difference:
    """Compare a rerun with what stands, by content; equal events stay untouched, so that nothing is told twice.

    Args:
        events: Every event of the stream, in order.
        past: All that surrounded the person.
        today: The day of the withdrawals.

    Returns:
        What to withdraw and what to add.

    """
    again = replay(events, past, today)
    # Counted, because events of the same content may follow more than once.
    follows = Counter(one.draft.content for one in again.consequences)
    gone: list[int] = list(again.unusable)
    for event, _ in standing(events):
        if not is_consequence(event.kind):
            continue
        if follows[event.draft.content] > 0:
            follows[event.draft.content] -= 1
        else:
            gone.append(event.seq)
    by_seq = {event.seq: event for event in events}
    withdrawals = tuple(_withdrawal(by_seq[seq], today) for seq in sorted(gone))
    return Difference(withdrawals, _missing(again.consequences, follows), again.pinned, again.due)


def _withdrawal(event: Event, today: date) -> Draft:
    return Withdrawn(seq=event.seq, because="late fact").draft(today, event.step, event.attempt)


def _missing(consequences: Iterable[Conclusion], left: Counter[tuple[object, ...]]) -> tuple[Conclusion, ...]:
    # The later of equal ones are the new ones; equal content makes the choice invisible, so order is kept from the end.
    found = []
    for one in reversed(list(consequences)):
        if left[one.draft.content] > 0:
            left[one.draft.content] -= 1
            found.append(one)
    return tuple(found[::-1])
