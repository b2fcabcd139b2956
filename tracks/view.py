"""What a decision is taken with: the pinned plan, the plan in force, and what stands on the track's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from definitions.calendar import add
from tracks.progress import Progress, pauses

if TYPE_CHECKING:
    from definitions.model import Start
    from definitions.values import Length
    from tracks.plan import Plan


@dataclass(frozen=True, slots=True)
class View:
    """`own` is the version pinned at admission (rule R6), `shared` the one in force, `state` the fold of `track/ID`.

    `opened` holds starts whose minimum was found met in the running slice; `elsewhere` is the day of admission on
    the track that the person is being transferred to.
    """

    own: Plan
    shared: Plan
    state: Progress
    opened: frozenset[str] = frozenset()
    elsewhere: date | None = None

    def said(self, name: str, day: date) -> Any:
        """The value of a field of the track that is effective on `day`, else None."""
        found = self.state.get(name)
        return found.value if found and found.effective <= day else None

    def start_named(self, name: str) -> Start | None:
        """The start in force with this declared date as its name."""
        return next((s for s in self.shared.track.intake.starts if s.date.isoformat() == name), None)

    def start_day(self, name: str, day: date) -> date:
        """The day of a start, as known on `day`: as declared, or as postponed by a person."""
        moved = self.said(f"postponed:{name}", day)
        return parse_day(moved["to"] if moved else name)

    def cancelled(self, name: str, day: date) -> bool:
        """Whether a person has cancelled this start."""
        return bool(self.said(f"cancelled:{name}", day))

    def held(self, name: str, day: date) -> bool:
        """Whether a start fell below its minimum and no person has confirmed or postponed it since (rule R40)."""
        held = self.state.get(f"held:{name}")
        if held is None or held.effective > day or self.said(f"confirmed:{name}", day):
            return False
        moved = self.state.get(f"postponed:{name}")
        return not (moved and held.effective <= moved.effective <= day)

    def open_for_admission(self, name: str, day: date) -> bool:
        """Whether people are admitted to a start whose day has come."""
        start = self.start_named(name)
        intake = self.shared.track.intake
        minimum = intake.minimum_of(start) if start else intake.minimum
        if minimum <= 1 or self.said(f"confirmed:{name}", day):
            return True
        return not self.held(name, day) and (self.start_day(name, day) < day or name in self.opened)

    def withdrew(self, employer: str, day: date) -> bool:
        """Whether an employer has left the track."""
        return self.said(f"withdrew:{employer}", day) is not None


@lru_cache(maxsize=65536)
def parse_day(text: str) -> date:
    """A date from ISO text; cached, because the same days recur."""
    return date.fromisoformat(text)


def running_until(progress: Progress, start: date, length: Length) -> date | None:
    """The first day after a length from `start`, longer by the days paused (rule R5); None while a pause stretches it."""
    end = add(start, length)
    for first, back in pauses(progress):
        if first >= end:
            break
        if first < start:
            continue
        if back is None:
            return None
        end += back - first
    return end
