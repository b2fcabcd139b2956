"""The course of one person up to a day: a pure function, worked out once for all who stand exactly alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.loop.decide import decide_in

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.event import Draft
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Claim, Todo

_MOST: Final = 4096


class Trajectory(NamedTuple):
    """The events on the way, and where they lead."""

    drafts: tuple[Draft, ...]
    progress: Progress
    last: date | None
    due: date | None
    claims: tuple[Claim, ...]
    todos: tuple[Todo, ...]


def trajectory_of(view: View, progress: Progress, due: date, until: date, seq: int) -> Trajectory:
    """Decide every due day from `due` to `until`; `seq` is the position of the stream's last event.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        progress: The fold of the enrolment's stream.
        due: The first day to decide.
        until: The last day that is decided.
        seq: The position of the stream's last event.

    Returns:
        The way up to `until`, and what is due then.

    """
    drafts: list[Draft] = []
    last = None
    context = DecisionContext(view, progress, until, seq)
    comes: date | None = due
    while comes is not None and comes <= until:
        context.move_to(comes)
        decision = decide_in(context)
        if decision.events:
            drafts += decision.events
            progress = decision.progress
            # Usually this day; what had to be waited for belongs to an earlier one.
            last = max(filter(None, (last, *(event.effective for event in decision.events))))
        comes = decision.due
    return Trajectory(tuple(drafts), progress, last, comes, decision.claims, decision.todos)


class TrajectoryCache:
    """Courses that were worked out already, for people with the same progress in the same view.

    A cohort that started together moves together, so one answer serves many. Compared by identity, which is
    cheap; what is compared is kept, so that no identity is used twice.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[View, Progress, Trajectory]] = {}

    def course(self, view: View, progress: Progress, due: date, until: date, seq: int) -> Trajectory:
        """The same as the function `course`.

        Args:
            view: The versions and the fold of the track that decisions are taken with.
            progress: The fold of the enrolment's stream.
            due: The first day to decide.
            until: The last day that is decided.
            seq: The position of the stream's last event.

        Returns:
            The way up to `until`, and what is due then.

        """
        mark = (id(view.own), id(view.shared), id(view.state), view.opened, view.elsewhere, view.returned, id(progress), due, until, seq)
        found = self._known.get(mark)
        if found is None:
            # Emptied whole: a cohort comes in a row, so what is old is not asked for again.
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[mark] = (view, progress, trajectory_of(view, progress, due, until, seq))
        return found[2]
