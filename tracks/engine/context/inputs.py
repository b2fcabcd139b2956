"""What a decision is taken with: the pinned plan, the plan in force, and what stands on the track's own stream."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from definitions.model.calendar import add, roll
from definitions.model.calendar import back as before
from definitions.model.vocabulary import SCHOOLING
from tracks.events.fold import Progress, pauses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from definitions.model.track import Start, Step
    from definitions.model.values import Length
    from tracks.engine.context.plan import Plan


@dataclass(frozen=True, slots=True)
class View:
    """`own` is the version pinned at admission (rule R6), `shared` the one in force, `state` the fold of `track/ID`.

    `opened` holds starts whose minimum was found met in the running slice; `elsewhere` is the day of admission on
    the track that the person is being transferred to, `returned` the day on which that came to nothing there; `former`
    holds the steps that the version in force has no more.
    """

    own: Plan
    shared: Plan
    state: Progress
    opened: frozenset[str] = frozenset()
    elsewhere: date | None = None
    returned: date | None = None
    former: Mapping[str, Step] = field(default_factory=dict)

    def shared_step(self, name: str) -> Step | None:
        """A step as the version in force has it, or the last version that had it (rule R6)."""
        return self.shared.steps.get(name) or self.former.get(name)

    def choices(self, fact: str) -> tuple[str, ...]:
        """The values of a fact that is a choice, lowest first; none for other facts."""
        declared = self.shared.track.facts.get(fact)
        if declared is not None:
            return declared.choices
        return tuple(SCHOOLING) if fact == "schooling" else ()

    def value_on(self, name: str, day: date) -> Any:
        """The value of a field of the track that is effective on `day`, else None."""
        found = self.state.get(name)
        return found.value if found and found.effective <= day else None

    def start_named(self, name: str) -> Start | None:
        """The start in force with this declared date as its name."""
        return next((s for s in self.shared.track.intake.starts if s.date.isoformat() == name), None)

    def start_day(self, name: str, day: date) -> date:
        """The day of a start, as known on `day`: as declared, or as postponed by a person."""
        moved = self.value_on(f"postponed:{name}", day)
        return parse_day(moved["to"] if moved else name)

    def closes(self, begins: date) -> date:
        """The first day on which nobody comes in any more on a start that begins on a day."""
        join_within = self.shared.track.intake.join_within
        return add(begins, join_within) if join_within else begins

    def cancelled(self, name: str, day: date) -> bool:
        """Whether a person has cancelled this start."""
        return bool(self.value_on(f"cancelled:{name}", day))

    def minimum_of(self, name: str) -> int:
        """How many a start needs, by the version in force."""
        start, intake = self.start_named(name), self.shared.track.intake
        return intake.minimum_of(start) if start else intake.minimum

    def held(self, name: str, day: date) -> bool:
        """Whether a start fell below its minimum and no person has confirmed or postponed it since (rule R40)."""
        return self.minimum_of(name) > 1 and self.undecided(name, day)

    def undecided(self, name: str, day: date) -> bool:
        """Whether a start had too few, be it nobody at all, on its day, and no person has confirmed or postponed it since."""
        held = self.state.get(f"held:{name}")
        if held is None or held.effective > day or self.value_on(f"confirmed:{name}", day):
            return False
        moved = self.state.get(f"postponed:{name}")
        return not (moved and held.effective <= moved.effective <= day)

    def open_for_admission(self, name: str, day: date) -> bool:
        """Whether people are admitted to a start whose day has come."""
        if self.minimum_of(name) <= 1 or self.value_on(f"confirmed:{name}", day):
            return True
        # On the day itself only what is given in this slice tells whether the minimum was met (rule R40).
        return not self.held(name, day) and (self.start_day(name, day) < day or name in self.opened)

    def begun_before(self, day: date) -> frozenset[str]:
        """The starts whose day is over: whether they were held is known, so that a late acceptance is admitted on that day."""
        names = (start.date.isoformat() for start in self.shared.track.intake.starts)
        return frozenset(name for name in names if self.start_day(name, day) < day)

    def withdrew(self, employer: str, day: date) -> bool:
        """Whether an employer has left the track."""
        return self.value_on(f"withdrew:{employer}", day) is not None


@lru_cache(maxsize=65536)
def parse_day(text: str) -> date:
    """A date from ISO text; cached, because the same days recur."""
    return date.fromisoformat(text)


def running_until(progress: Progress, start: date, length: Length, changes: Sequence[Length] = (), *, moves: bool = True) -> date | None:
    """The first day after a length from `start`, longer by the days paused (rule R5); None while a pause stretches it.

    `changes` make the length longer or, where their count is negative, shorter (rule R53); never so that it ends before it starts.

    Args:
        progress: The fold of the enrolment's stream.
        start: The first day.
        length: How long, as written in the track.
        changes: Lengths to add, or with a negative count to take away.
        moves: Whether pauses make it longer (rule R56).

    Returns:
        The first day that is not part of it any more.

    """
    end = add(start, length) if not changes else _changed(start, length, changes)
    for first, back in pauses(progress) if moves else ():
        if first >= end:
            break
        if back is None:
            return None
        # Of a pause that was going on already, only the days from the start on count.
        if back > start:
            end += back - max(first, start)
    return end


def deadline_after(progress: Progress, start: date, length: Length, changes: Sequence[Length] = (), *, moves: bool = True) -> date | None:
    """The last day of a deadline, on a working day (rule R4); a pause that begins on that day still makes it later (rule R5).

    None while a pause stretches it.

    Args:
        progress: The fold of the enrolment's stream.
        start: The day that the deadline counts from.
        length: How long, as written in the track.
        changes: Lengths to add, or with a negative count to take away.
        moves: Whether pauses make it longer (rule R56).

    Returns:
        The last day, always a working day.

    """
    end = add(start, length) if not changes else _changed(start, length, changes)
    for first, back in pauses(progress) if moves else ():
        last = roll(end)
        if first > last:
            break
        if back is None:
            return None
        if back > start:
            # A pause that begins after the counted day, but by the working day it moved to, lengthens from the latter.
            end = (end if first <= end else last) + (back - max(first, start))
    return roll(end)


def _changed(start: date, length: Length, changes: Sequence[Length]) -> date:
    """Changes in the unit of the length itself are counted with it, so that months are counted from the first date (rule R2)."""
    same = sum(change.count for change in changes if change.unit == length.unit)
    end = add(start, replace(length, count=max(0, length.count + same)))
    for change in changes:
        if change.unit != length.unit:
            size = replace(change, count=abs(change.count))
            end = add(end, size) if change.count > 0 else before(end, size)
    return max(start, end)
