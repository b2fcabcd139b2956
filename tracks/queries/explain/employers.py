"""What each employer of a track needs and gives: who was selected, placed, is there and was hired; its places; its own steps. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracks.engine.context.labels import names_of
from tracks.engine.context.situation import WORK, outcomes
from tracks.engine.rules.allocation import capacity, count_held
from tracks.events.fold import standing
from tracks.events.resources import EmployerStart, StepPlace
from tracks.events.status import OPEN, Status
from tracks.queries.explain.placements import spells
from tracks.queries.planned import planned_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment

# Employments that a need is filled with: those on the labour market, and the municipality's own.
HIRED = WORK | {"municipal_employment"}


class AtEmployer(NamedTuple):
    """One person and what she is, or was, to an employer: `selected`, `placed`, `there` (in a step now), `was` there, or `hired`.

    `until` is the planned end of what goes on, and the first day that she was not there any more.
    """

    employer: str
    what: str
    stream: str
    step: str
    since: date
    until: date | None = None


class StepPlaces(NamedTuple):
    """The places that an employer has in a step, those taken, and those who wait."""

    step: str
    places: int
    taken: int
    waiting: int


class SharedStep(NamedTuple):
    """A run of a step about an employer (or, with an empty employer, about a start), as far as it has come."""

    step: str
    employer: str
    start: str
    started: date | None
    due: date | None
    ended: date | None
    result: str | None


def people_at(view: View, one: Enrolment, log: Sequence[Event], day: date) -> Iterator[AtEmployer]:
    """List what one enrolment has to do with employers; a misregistered one nothing.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        one: The enrolment.
        log: Her log; wanted where anybody selected or placed her.
        day: The day that is asked about.

    Returns:
        One for each way in which an employer has to do with her.

    """
    progress = one.progress
    if progress.status is Status.MISREGISTERED:
        return
    for event, _ in standing(log):
        if event.kind == "selected" and event.data.get("employer"):
            yield AtEmployer(event.data["employer"], "selected", one.stream, "", event.effective)
    yield from _placed(view, one, log, day)
    hired: dict[str, date] = {}
    for said in outcomes(progress):
        if said.what in HIRED and said.employer:
            hired.setdefault(said.employer, said.day)
    yield from (AtEmployer(employer, "hired", one.stream, "", since) for employer, since in sorted(hired.items()))


def _placed(view: View, one: Enrolment, log: Sequence[Event], day: date) -> Iterator[AtEmployer]:
    """The steps at an employer: those that go on or are over, and the placements of one who has not left the track."""
    for spell in spells(view, one, log, day):
        step, goes_on = view.own.steps[spell.step], spell.until is None
        until = planned_end(one.progress, names_of(view.own), step.id, spell.attempt) if goes_on else spell.until
        yield AtEmployer(spell.employer, "there" if goes_on else "was", one.stream, step.id, spell.since, until)
        # Where only one employer is possible, or one is kept from before, nobody has to place anybody.
        if goes_on and not one.progress.get("placed", step.id, spell.attempt):
            yield AtEmployer(spell.employer, "placed", one.stream, step.id, spell.since)
    for step in view.own.track.steps if one.progress.status in OPEN else ():
        n = one.progress.attempts(step.id)
        goes_on = bool(n) and not one.progress.get("ended", step.id, n)
        placed = one.progress.get("placed", step.id, n if goes_on else n + 1)
        # Who has not begun with an employer that has left is to be placed with another one.
        if placed and step.needs_employer and (goes_on or not view.withdrew(placed.value["employer"], day)):
            yield AtEmployer(placed.value["employer"], "placed", one.stream, step.id, placed.effective)


def places_at(view: View, rows: Sequence[Row], employer: str) -> Iterator[StepPlaces]:
    """List the places of one employer, by step.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        rows: The claims on what the track shares, each with its stream.
        employer: The id of the employer.

    Returns:
        One for each step with places there.

    """
    for step in view.shared.track.steps:
        if employer in step.employer_places:
            place = StepPlace(step.id, employer)
            waiting = sum(1 for _, claim in rows if claim.resource == str(place) and claim.state == "waiting")
            yield StepPlaces(step.id, capacity(view, place), count_held(rows, place), waiting)


def shared_steps_of(view: View) -> Iterator[SharedStep]:
    """Every run of a step about an employer or a start that has begun, or was reported, in order."""
    marks: set[tuple[str, str]] = set()
    for step, _, name in view.state.fields:
        field, _, mark = name.partition(":")
        if field in ("subject_started", "employer_reported"):
            marks.add((step, mark))
    order = {step.id: number for number, step in enumerate(view.shared.track.steps)}
    for step, mark in sorted(marks, key=lambda one: (order.get(one[0], len(order)), one[1])):
        ended = view.state.get(f"subject_ended:{mark}", step, 1)
        reported = view.state.get(f"employer_reported:{mark}", step, 1)
        said = ended or reported
        yield SharedStep(
            step, *EmployerStart.parse(mark), view.state.on(f"subject_started:{mark}", step, 1),
            view.state.on(f"subject_due:{mark}", step, 1),
            ended.effective if ended else None, said.value["result"] if said else None,
        )  # fmt: skip


def running_starts(view: View, step: str, employer: str) -> list[str]:
    """List the starts for which a step of an employer goes on.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        step: The id of the step.
        employer: The id of the employer.

    Returns:
        Their names, in order of day.

    """
    return [one.start for one in shared_steps_of(view) if (one.step, one.employer) == (step, employer) and one.started and not one.ended]


def count(people: Iterable[AtEmployer], employer: str, what: str) -> int:
    """Count the enrolments that have something to do with an employer.

    Args:
        people: What everybody has to do with employers.
        employer: The id of the employer.
        what: Which relation to her is counted.

    Returns:
        How many enrolments.

    """
    return len({one.stream for one in people if (one.employer, one.what) == (employer, what)})
