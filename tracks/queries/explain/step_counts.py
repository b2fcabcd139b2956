"""How many stand in each step of a track now: going on with it, or waiting for it to begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracks.engine.context.decision_context import DecisionContext
from tracks.events.status import UNDER_WAY, Status
from tracks.queries.explain.why_step import StepWhy, running, step_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Enrolment

_BEGUN: Final = "subject_started:"
_ENDED: Final = "subject_ended:"
# Whoever waits to be told of an employment is still in the step: it ends, or goes on, from the day of exit.
_GOES_ON: Final = frozenset({"running", "report", "awaits_outcome"})


@dataclass(frozen=True, slots=True)
class Crowd:
    """People by step: `now` going on with it, `waiting` ready for it or for a decision after it.

    `shared` counts the employers, or the starts, that a step about them goes on with.
    """

    now: Mapping[str, int]
    waiting: Mapping[str, int]
    shared: Mapping[str, int]


def crowd(people: Iterable[tuple[View, Enrolment]], day: date, state: Progress) -> Crowd:
    """Count everybody of a track; whoever runs parallel steps stands in each.

    Args:
        people: Everybody, each with her own view.
        day: The day that is asked about.
        state: The fold of the track's own stream.

    Returns:
        The counts.

    """
    now, waiting = Counter[str](), Counter[str]()
    for view, one in people:
        going, ready = _stands(view, one, day)
        now.update(going)
        waiting.update(ready)
    return Crowd(now, waiting, shared_runs(state))


def shared_runs(state: Progress) -> Counter[str]:
    """The runs of steps about an employer or a start that have begun and not ended (rule R32)."""
    # Runs of shared steps stand on the track and not on people, so no claim tells of them.
    begun = [(step, n, name.removeprefix(_BEGUN)) for step, n, name in state.fields if name.startswith(_BEGUN)]
    return Counter(step for step, n, whose in begun if not state.get(f"{_ENDED}{whose}", step, n))


def _stands(view: View, one: Enrolment, day: date) -> tuple[set[str], set[str]]:
    """The steps that go on for one person, and those that she waits in."""
    ask = StepWhy(DecisionContext(view, one.progress, day), (), one)
    status = one.progress.status
    if status in UNDER_WAY:
        reasons = list(step_reasons(ask))
    # After exit only steps beside the chain can go on, and only for who was admitted once.
    elif status is not Status.MISREGISTERED and one.progress.get("admitted"):
        reasons = [reason for step in view.own.parallel for reason in running(ask, step)]
    else:
        reasons = []
    going = {reason.step for reason in reasons if reason.code in _GOES_ON}
    return going, {reason.step for reason in reasons if reason.step} - going
