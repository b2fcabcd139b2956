"""Whether a step has a place that somebody may take: what is free, and who stands before her in the queue (rules R33 and R34)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.rules.allocation import capacity, count_held, step_queue
from tracks.engine.rules.step_entry import holds_place, place_needed
from tracks.events.resources import StepPlace
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment
    from tracks.recording.reported_fact import FactContext, ReportedFact


class PlacesLeft(NamedTuple):
    """The place that a run needs, how many there are and how many nobody holds (negative over capacity), and how many stand before her."""

    place: StepPlace
    places: int
    free: int
    ahead: int


def check_place(case: FactContext, step: Step, fact: ReportedFact) -> None:
    """That nobody is passed and no place given twice by a start that is told, unless a reason says why.

    Args:
        case: the enrolment that the start is told of.
        step: the step, whose next run began.
        fact: the start as it is told.

    Raises:
        Refusal: NO_PLACE_FOR_HER.

    """
    if fact.content.get("reason"):
        return
    left = _left(case.context, case.enrolment, step, case.claims)
    if left is None or left.ahead < left.free:
        return
    where = f"{step.id} ({left.place.employer})" if left.place.employer else step.id
    raise refusals.NO_PLACE_FOR_HER(where=where, places=left.places, ref=case.ref, number=left.ahead + 1, step=step.id, day=fact.on)


def may_begin(view: View, rows: Sequence[Row], one: Enrolment, step: str, day: date) -> bool:
    """Whether the next run of a step may be told to have begun without a reason, as far as places go.

    Args:
        view: what decisions about her are taken with.
        rows: the claims of the track, each with its stream.
        one: the enrolment.
        step: the id of the step, of her own version.
        day: the day of the command.

    """
    left = _left(DecisionContext(view, one.progress, day), one, view.own.steps[step], lambda: rows)
    return left is None or left.ahead < left.free


def _left(context: DecisionContext, one: Enrolment, step: Step, claims: Callable[[], Sequence[Row]]) -> PlacesLeft | None:
    """None where the next run needs no place that is shared, or has one."""
    attempt = one.progress.attempts(step.id) + 1
    place = place_needed(context, step, attempt)
    if place is None or holds_place(context, step, attempt):
        return None
    rows = claims()
    queue = [stream for _, stream, _ in step_queue(context.view, rows, place)]
    ahead = queue.index(one.stream) if one.stream in queue else len(queue)
    return PlacesLeft(place, capacity(context.view, place), _free(context.view, rows, place, one), ahead)


def _free(view: View, rows: Sequence[Row], place: StepPlace, one: Enrolment) -> int:
    """How many of a place nobody else holds."""
    return capacity(view, place) - count_held([row for row in rows if row[0] != one.stream], place)


def check_room(case: FactContext, step: Step, employer: str) -> None:
    """That whoever changes employer in the middle takes a place that is free; the queue is for those who wait.

    Args:
        case: the enrolment that the change is told of.
        step: the step that goes on.
        employer: the id of the one that she goes to.

    Raises:
        Refusal: EMPLOYER_FULL.

    """
    if is_full(case, step, employer):
        places = capacity(case.view, StepPlace(step.id, employer))
        raise refusals.EMPLOYER_FULL(employer=employer, step=step.id, places=places, ref=case.enrolment.ref)


def is_full(case: FactContext, step: Step, employer: str) -> bool:
    """Whether others hold every place that a step has at an employer; never where it counts none there.

    Args:
        case: the enrolment that would take one.
        step: the step.
        employer: the id of the employer.

    """
    shared = case.view.shared_step(step.id) or step
    return employer in shared.employer_places and _free(case.view, case.claims(), StepPlace(step.id, employer), case.enrolment) <= 0
