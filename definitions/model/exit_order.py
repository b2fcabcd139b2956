"""What exit does to the steps beside the chain, as far as the lengths of a track tell beforehand (rule R30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from definitions.model.step_order import predecessors
from definitions.model.values import Point

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.model.track import Step, Track
    from definitions.model.values import Length

MEAN_DAYS: Final = {"days": 1.0, "working days": 1.45, "weeks": 7.0, "months": 30.44}
# A month may be so much shorter or longer than the weeks it is compared with.
SLACK: Final = 3

Cut = Literal["begins", "ends", "endless"]


def outlives_exit(step: Step) -> bool:
    """Whether a step counts from employment, and says its own end: after exit it goes on to it where there is employment."""
    if step.until is None and step.length is None:
        return False
    return any(point is not None and point.anchor == "employment" for point in (step.begins, step.until))


def cut_by_exit(track: Track) -> dict[str, Cut]:
    """Find the steps beside the chain that exit comes before, as planned: before their end, or already when they would begin."""
    beside = [step for step in track.steps if step.beside and step.subject == "participant" and not outlives_exit(step)]
    left = _days_left(track) if beside else {}
    found = {step.id: _cut(step, left) for step in beside if not step.when_needed}
    return {name: cut for name, cut in found.items() if cut}


def _cut(step: Step, left: Mapping[tuple[str, str], float | None]) -> Cut | None:
    begins = _left_at(step.begins or Point("admission"), left)
    # Who has begun with the employment goes on by a length or to a point; without either it is over as the track is, or before it began.
    if step.begins and step.begins.anchor == "employment" and not (step.until or step.begins.before):
        return "endless"
    if begins is not None and (begins == 0 or begins < -SLACK):
        return "begins"
    ends = [_left_at(step.until, left)] if step.until else []
    ends += [None if begins is None else begins - mean_days(step.length)] if step.length else []
    known = [day for day in ends if day is not None]
    return "ends" if ends and len(known) == len(ends) and max(known) < -SLACK else None


def mean_days(length: Length) -> float:
    """About how many days a length is."""
    return length.count * MEAN_DAYS[length.unit]


def _left_at(point: Point, left: Mapping[tuple[str, str], float | None]) -> float | None:
    """The planned days from a point to exit; None where they are not known."""
    day = left.get((point.anchor, point.step or ""))
    offset = mean_days(point.after) if point.after else -mean_days(point.before) if point.before else 0
    return None if day is None else day - offset


def _days_left(track: Track) -> dict[tuple[str, str], float | None]:
    """The planned days to exit from admission and from each step that all ways through the chain pass; None where a length is missing."""
    before = predecessors(track.steps)
    names = ["", *before]
    place = {name: number for number, name in enumerate(names)}
    follow: list[list[int]] = [[] for _ in names]
    for number, others in enumerate(before.values(), 1):
        for other in others or ("",):
            # What waits for a step beside the chain, or for one written later, is not planned by lengths alone.
            if place.get(other, number) >= number:
                return {}
            follow[place[other]].append(number)
    chain = [step for step in track.steps if not step.beside]
    lengths = [0.0, *(mean_days(step.length) if step.length and not step.starts else None for step in chain)]
    tails, farthest = _tails(follow, lengths), 0
    known: dict[tuple[str, str], float | None] = {("exit", ""): 0.0}
    for number, name in enumerate(names):
        if farthest <= number:
            known["end" if name else "admission", name] = tails[number]
            known["start", name] = _sum(lengths[number], tails[number])
        farthest = max([farthest, *(follow[number] or [len(names)])])
    return known


def _tails(follow: list[list[int]], lengths: list[float | None]) -> list[float | None]:
    """How long the longest way from each step to exit is."""
    tails: list[float | None] = [0.0] * len(follow)
    for number in reversed(range(len(follow))):
        days = [_sum(lengths[other], tails[other]) for other in follow[number]]
        known = [day for day in days if day is not None]
        tails[number] = max(known, default=0.0) if len(known) == len(days) else None
    return tails


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
