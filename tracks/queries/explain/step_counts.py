"""How many stand in each step of a track now: going on with it, or waiting for it to begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracks.engine.context.decision_context import DecisionContext
from tracks.events.status import EXITED, UNADMITTED, UNDER_WAY, Status
from tracks.privacy.small_cells import LIMIT, mask_line
from tracks.queries.explain.why_step import StepWhy, running, step_reasons

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from definitions.model.track import Track
    from tracks.engine.context.inputs import View
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Enrolment

_BEGUN: Final = "subject_started:"
_ENDED: Final = "subject_ended:"
_GOES_ON: Final = frozenset({"running", "report"})


@dataclass(frozen=True, slots=True)
class Crowd:
    """People by step on a day: `now` going on with it, `waiting` ready for it or for a decision after it; `statuses` holds everybody.

    `shared` counts the employers, or the starts, that a step about them goes on with.
    """

    day: date
    now: Mapping[str, int]
    waiting: Mapping[str, int]
    statuses: Mapping[Status, int]
    shared: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """The same as it may be shown, None where hidden; `coming` have no place yet, `gone` have left."""

    day: date
    limit: int
    now: Mapping[str, int | None]
    waiting: Mapping[str, int | None]
    coming: int | None
    gone: int | None
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
    now, waiting, statuses = Counter[str](), Counter[str](), Counter[Status]()
    for view, one in people:
        statuses[one.progress.status] += 1
        going, ready = _stands(view, one, day)
        now.update(going)
        waiting.update(ready)
    return Crowd(day, now, waiting, statuses, _shared(state))


def _shared(state: Progress) -> Counter[str]:
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


def mask_counts(of: Crowd, track: Track, limit: int = LIMIT) -> ShownCounts:
    """Hide what may not be shown: each kind of number by step as if it had a total, as in the report, which says the same ones.

    Args:
        of: The counts.
        track: The track as it is in force.
        limit: The least number of people that may be shown.

    Returns:
        The counts that may be shown.

    """
    # A step about an employer has no people of its own; how many employers there are is no count of people.
    steps = [step.id for step in track.steps if step.subject == "participant"]
    lines = [mask_line([counts.get(step, 0) for step in steps], limit).counts for counts in (of.now, of.waiting)]
    now, waiting = (dict(zip(steps, line, strict=True)) for line in lines)
    # Who was registered by mistake was never on the track, and is in no total of the report either.
    people: dict[Status, int] = {
        status: of.statuses[status] for status in Status if status is not Status.MISREGISTERED and of.statuses.get(status)
    }
    line = dict(zip(people, mask_line(list(people.values()), limit).counts, strict=True))
    return ShownCounts(of.day, limit, now, waiting, _sum(line, UNADMITTED), _sum(line, EXITED), of.shared)


def _sum(line: Mapping[Status, int | None], among: Collection[Status]) -> int | None:
    """The sum of some counts; hidden where one of them is, because the report shows the others."""
    counts = [count for status, count in line.items() if status in among]
    return None if None in counts else sum(count or 0 for count in counts)
