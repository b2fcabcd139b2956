"""Tells which branches of a track an event or a todo takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.model.exit_order import outlives_exit
from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.context.input_builder import person_view
from tracks.engine.context.step_runs import action_after
from tracks.engine.rules.obligations import planned_end
from tracks.engine.rules.points import day_of_point
from tracks.engine.rules.step_entry import place_needed
from tracks.events.resources import EmployerStart
from tracks.scenarios.branches import TrackBranch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from definitions.model.track import Step
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.storage.memory_ledger import MemoryLedger


def todo_branches(one: Enrolment) -> Iterator[TrackBranch]:
    """List the branches that show in what people are asked to do."""
    for todo in one.todos:
        if todo.kind == "placement":
            yield TrackBranch("placement", todo.step)
        elif todo.kind == "dates":
            yield TrackBranch("day.none", todo.step)
        elif todo.kind == "longest":
            yield TrackBranch("longest")


def track_branches(book: MemoryLedger, track: str, event: Event) -> Iterator[TrackBranch]:
    """List the branches that an event of a track takes.

    Args:
        book: The ledger, after the event was written.
        track: The id of the track.
        event: The event.

    """
    if event.kind in _TRACK_KINDS:
        yield TrackBranch(_TRACK_KINDS[event.kind], event.step)
    if event.kind == "subject_step_ended":
        row = book.track(track)
        whose = EmployerStart(event.data["employer"], event.data["start"])
        # The event is the same whether the employer reported or the end came by itself; only the state tells them apart.
        reported = row is not None and row.state.get(f"employer_reported:{whose}", event.step, 1)
        yield TrackBranch("shared.reported" if reported else "shared.until", event.step)


_TRACK_KINDS: Final[Mapping[str, str]] = {
    "start_held": "start.held",
    "start_confirmed": "start.confirmed",
    "start_postponed": "start.postponed",
    "start_cancelled": "start.cancelled",
    "subject_step_started": "shared.begun",
    "subject_step_due": "shared.due",
}


class ObservedPerson:
    """A person after a write, with what decisions about her are based on."""

    def __init__(self, book: MemoryLedger, one: Enrolment) -> None:
        row = book.track(one.track)
        assert row is not None  # noqa: S101 - nobody is enrolled on a track that is not in force
        self.one, self.view = one, person_view(book, row, one)

    def context(self, day: date) -> DecisionContext:
        """A decision context on a day."""
        return DecisionContext(self.view, self.one.progress, day)

    def step(self, name: str) -> Step | None:
        """A step of her own version."""
        return self.view.own.steps.get(name)


def person_branches(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    """List the branches that an event of a person takes."""
    if event.kind in _PLAIN:
        yield TrackBranch(_PLAIN[event.kind])
    if event.kind in _KINDS:
        yield from _KINDS[event.kind](person, event)


def _admitted(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    yield from _entered(person, event)
    start = str(event.data.get("start", ""))
    if start:
        yield TrackBranch("start.used", start)
        if event.effective > person.view.start_day(start, event.effective):
            yield TrackBranch("start.late")


def _entered(person: ObservedPerson, _event: Event) -> Iterator[TrackBranch]:
    entry = {"*", *(text for text, _ in person.view.shared.entry.rules)}
    if any(rule in entry for rule, _ in person.one.progress.named("exception")):
        yield TrackBranch("entry.exception")


def _started(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    step = person.step(event.step)
    if step is None:
        return
    yield TrackBranch("needed" if step.when_needed else "begun", step.id)
    if event.effective in step.starts:
        yield TrackBranch("day.used", step.id, event.effective.isoformat())
    if step.start_within and not person.one.progress.get("missed:start", step.id, event.attempt):
        yield TrackBranch("start_within.met", step.id)


def _completed(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    step = person.step(event.step)
    if step is None:
        return
    if step.beside:
        yield from _ended_beside(person, step, event)
        return
    way = action_after(person.view.own, person.one.progress, step, event.attempt)
    result = str(event.data["result"])
    yield TrackBranch("result", step.id, f"{result} {_depth(step, result, way.action if way else None)}")
    if not person.one.progress.get("missed:report", step.id, event.attempt):
        yield TrackBranch("report.met", step.id)
    if event.effective == planned_end(person.context(event.effective), step, event.attempt):
        yield TrackBranch("ended.length", step.id)


def _depth(step: Step, result: str, taken: object) -> int:
    """How many bounds were reached before the action that was taken."""
    action, depth = step.on_result.get(result), 0
    while action is not None and action is not taken and action.then is not None:
        action, depth = action.then, depth + 1
    return depth


def _ended_beside(person: ObservedPerson, step: Step, event: Event) -> Iterator[TrackBranch]:
    context, day = person.context(event.effective), event.effective
    # Both ends may fall on the day of exit; then both branches were taken.
    out = person.one.progress.exited
    own = event.data["result"] != "interrupted"
    if own and step.until and day_of_point(context, step, step.until)[0] == day:
        yield TrackBranch("ended.until", step.id)
    if planned_end(context, step, event.attempt) == day:
        yield TrackBranch("ended.length", step.id)
    if out == day:
        yield TrackBranch("ended.exit", step.id)
    elif out and outlives_exit(step):
        yield TrackBranch("outlives", step.id)


def _skipped(_person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    if event.data.get("condition") in ("from", "exit"):
        yield TrackBranch(f"skipped.{event.data['condition']}", event.step)


def _missed(_person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    what, _, point = str(event.data["what"]).partition(" ")
    code = "start_within" if what == "start" else what
    yield TrackBranch(f"{code}.missed", event.step, point)


def _contacted(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    progress = person.one.progress
    for step in person.view.own.track.steps:
        n = progress.attempts(step.id)
        if step.contact_every and event.step in ("", step.id) and n and not progress.get("ended", step.id, n):
            yield TrackBranch("contact.met", step.id)


def _followed_up(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    point = str(event.data["point"])
    if not person.one.progress.get(f"missed:follow_up {point}"):
        yield TrackBranch("follow_up.met", "", point)


def _given(person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    step = person.step(event.step)
    place = place_needed(person.context(event.effective), step, event.attempt) if step else None
    if place:
        yield TrackBranch("place.given", *place)


def _transferred(_person: ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    yield TrackBranch("transfer.taken", str(event.data.get("transfer", "")))


def _left(person: ObservedPerson, _event: Event) -> Iterator[TrackBranch]:
    yield TrackBranch("transfer.arrived", str(person.one.progress.value("transfer").get("transfer", "")))


_PLAIN: Final[Mapping[str, str]] = {
    "proposed": "queue.proposed",
    "accepted": "queue.accepted",
    "declined": "queue.declined",
    "offer_lapsed": "queue.lapsed",
    "completed": "completed",
}
_KINDS: Final[Mapping[str, Callable[[ObservedPerson, Event], Iterator[TrackBranch]]]] = {
    "waitlisted": _entered,
    "admitted": _admitted,
    "step_started": _started,
    "step_completed": _completed,
    "step_skipped": _skipped,
    "deadline_missed": _missed,
    "contacted": _contacted,
    "followed_up": _followed_up,
    "phase": lambda _person, event: iter([TrackBranch("phase", event.step, str(event.data["name"]))]),
    "place_given": _given,
    "transferred": _transferred,
    "left": _left,
}
