"""Late facts and corrections: one person decided again from nothing, compared by content with what stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracks.decide import decide
from tracks.events import CONSEQUENCES, FACTS, WITHDRAWN, Draft
from tracks.progress import Progress, evolve, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from tracks.events import Event
    from tracks.view import View

# The view that holds on a day for a progress: the version pinned in it, and the one in force on that day.
ViewOn = "Callable[[date, Progress], View]"


class Rerun(NamedTuple):
    """What follows from the standing facts: consequences, grants that cannot be used any more, and the next due."""

    consequences: tuple[Draft, ...]
    unusable: tuple[int, ...]
    due: date | None


class Difference(NamedTuple):
    """What to append so that the stream stands as if the facts had been so from the start."""

    drafts: tuple[Draft, ...]
    due: date | None


def rerun(events: Sequence[Event], view_on: Callable[[date, Progress], View], today: date) -> Rerun:
    """Take standing facts and grants in (effective, position); close every due date before and after each, up to today."""
    world = _World(view_on)
    unusable = []
    given = [(event, position) for event, position in standing(events) if event.kind not in CONSEQUENCES]
    for event, position in given:
        world.close_until(event.effective)
        if event.kind in FACTS or world.can_use(event):
            world.take(event, position)
            world.close(event.effective)
        else:
            unusable.append(event.seq)
    world.close_until(today)
    return Rerun(tuple(world.concluded), tuple(unusable), world.due)


class _World:
    """The person as the rerun knows her so far."""

    def __init__(self, view_on: Callable[[date, Progress], View]) -> None:
        self.view_on = view_on
        self.progress = Progress()
        self.due: date | None = None
        self.concluded: list[Draft] = []
        self.claims: set[tuple[str, str, int]] = set()

    def take(self, event: Event, position: int) -> None:
        self.progress = evolve(self.progress, event, position)

    def close_until(self, day: date) -> None:
        while self.due is not None and self.due <= day:
            self.close(self.due)

    def close(self, day: date) -> None:
        decision = decide(self.view_on(day, self.progress), self.progress, day)
        for draft in decision.events:
            self.concluded.append(draft)
            self.progress = evolve(self.progress, draft, (1 << 40) + len(self.concluded))
        self.due = decision.due
        self.claims = {(claim.resource, claim.state, claim.attempt) for claim in decision.claims}

    def can_use(self, event: Event) -> bool:
        """Whether a grant still has its ground."""
        if event.kind == "place_given":
            mine = f"step:{event.step}"
            return any((r == mine or r.startswith(f"{mine}:")) and s == "waiting" and a == event.attempt for r, s, a in self.claims)
        if event.kind == "proposed":
            asked = {"intake", f"start:{event.data['start']}"}
            return any(s == "waiting" and r in asked for r, s, _ in self.claims)
        return any(s == "proposed" for _, s, _ in self.claims)


def difference(events: Sequence[Event], view_on: Callable[[date, Progress], View], today: date) -> Difference:
    """Compare a rerun with what stands, by content; equal events stay untouched, so that nothing is told twice."""
    again = rerun(events, view_on, today)
    follows = Counter(draft.content for draft in again.consequences)
    gone: list[int] = list(again.unusable)
    for event, _ in standing(events):
        if event.kind not in CONSEQUENCES:
            continue
        if follows[event.draft.content] > 0:
            follows[event.draft.content] -= 1
        else:
            gone.append(event.seq)
    by_seq = {event.seq: event for event in events}
    withdrawals = [_withdrawal(by_seq[seq], today) for seq in sorted(gone)]
    missing = list(_missing(again.consequences, follows))
    return Difference((*withdrawals, *missing), again.due)


def _withdrawal(event: Event, today: date) -> Draft:
    return Draft(WITHDRAWN, today, event.step, event.attempt, {"seq": event.seq, "because": "late fact"})


def _missing(consequences: Iterable[Draft], follows: Counter[tuple[object, ...]]) -> Iterable[Draft]:
    left = Counter(follows)
    # The later of equal ones are the new ones; equal content makes the choice invisible, so order is kept from the end.
    found = []
    for draft in reversed(list(consequences)):
        if left[draft.content] > 0:
            left[draft.content] -= 1
            found.append(draft)
    return found[::-1]
