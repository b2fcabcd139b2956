"""Measures which branches of the tracks the cases take: conditions report their answers, events and claims tell the rest."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.context.plan import ConditionList
from tracks.engine.context.step_runs import action_after
from tracks.engine.rules.allocation import intake_queue, open_starts, waited_steps
from tracks.engine.rules.obligations import planned_end
from tracks.engine.rules.parallel_steps import counts_from_employment
from tracks.engine.rules.points import day_of_point
from tracks.engine.rules.step_entry import place_needed
from tracks.events.resources import EmployerStart
from tracks.events.status import Status
from tracks.events.streams import StreamId
from tracks.scenarios.branches import ORDER, TrackBranch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.conditions.environment import Env
    from definitions.model.track import Step
    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.storage.memory_ledger import MemoryLedger

_ANSWERS: Final[Mapping[bool | None, str]] = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True, slots=True)
class ObservedConditions(ConditionList):
    """Conditions that report what each of them answered, and whether all of them held."""

    note: Callable[[str, str], None] = lambda _rule, _answer: None

    def holds(self, env: Env) -> bool | None:
        """Answer as any list of conditions does, and report each answer."""
        # All are asked, also after one has answered no: each answer is a branch of its own.
        every = [(text, rule.holds(env)) for text, rule in self.rules]
        for text, answer in every:
            if answer is not True:
                self.note(text, _ANSWERS[answer])
        if all(answer for _, answer in every):
            self.note("", "true")
        return ConditionList.holds(self, env)

    def without(self, excepted: Any) -> ConditionList:
        """Leave some conditions out; the rest still report."""
        left = ConditionList.without(self, excepted)
        return left if left is self else ObservedConditions(left.rules, self.note)

    __bool__ = ConditionList.__bool__


class Coverage:
    """Observes cases while they run; `taken` holds, by track, the branches that some case took."""

    def __init__(self) -> None:
        self.taken: dict[str, set[TrackBranch]] = defaultdict(set)
        self._passed: set[str] = set()
        self._suspended = False

    def wrap_plan(self, plan: Plan) -> Plan:
        """Return the plan with conditions that report their answers."""
        # Plans are wrapped when a case begins; whom the case before passed over is no concern of this one.
        self._passed.clear()
        track = plan.track.track
        return replace(
            plan,
            entry=self._observe(track, "entry", "", plan.entry),
            ongoing=self._observe(track, "ongoing", "", plan.ongoing),
            when={name: self._observe(track, "when", name, rules) for name, rules in plan.when.items()},
            requires={name: self._observe(track, "requires", name, rules) for name, rules in plan.requires.items()},
            employers={name: self._observe_met(track, "employer", name, rules) for name, rules in plan.employers.items()},
            transfers={name: self._observe_met(track, "transfer", name, rules) for name, rules in plan.transfers.items()},
        )

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Ignore answers while a person is referred: which employer selected her is not recorded yet."""
        self._suspended = True
        try:
            yield
        finally:
            self._suspended = False

    def _observe(self, track: str, code: str, about: str, rules: ConditionList) -> ConditionList:
        def note(rule: str, answer: str) -> None:
            self._note(track, TrackBranch(f"{code}.{answer}", about, rule))

        return ObservedConditions(rules.rules, note) if rules else rules

    def _observe_met(self, track: str, code: str, about: str, rules: ConditionList) -> ConditionList:
        def note(rule: str, answer: str) -> None:
            self._note(track, TrackBranch(f"{code}.met", about) if answer == "true" else TrackBranch(f"{code}.unmet", about, rule))

        return ObservedConditions(rules.rules, note) if rules else rules

    def _note(self, track: str, branch: TrackBranch) -> None:
        if not self._suspended:
            self.taken[track].add(branch)

    def on_save(self, book: MemoryLedger, enrolments: Sequence[Enrolment], events: Sequence[Event]) -> None:
        """Note the branches that events took, and those that show in what people are asked to do.

        Args:
            book: The ledger, after the write.
            enrolments: The snapshots that were written.
            events: The events that were written, in order.

        """
        people = {one.stream: one for one in enrolments}
        for event in events:
            one = people.get(event.stream)
            if one is not None:
                self.taken[one.track].update(_of_person(_ObservedPerson(book, one), event))
                self._refilled(one, event)
            elif (track := StreamId.parse(event.stream).track) is not None:
                self.taken[track].update(_of_track(book, track, event))
        for one in enrolments:
            self.taken[one.track].update(_of_todos(one))

    def _refilled(self, one: Enrolment, event: Event) -> None:
        # Who stood outside while there were no places, and is proposed later, has one that somebody gave back.
        if event.kind == "proposed" and one.stream in self._passed:
            self.taken[one.track].add(TrackBranch("queue.refilled"))

    def on_idle(self, book: MemoryLedger, day: date) -> None:
        """Note how the queues stand when nothing more follows on a day."""
        for name in book.tracks():
            row = book.track(name)
            if row is None:
                continue
            view, rows = track_view(book, row, None), book.claims(name)
            self.taken[name].update(TrackBranch("place.waited", *place) for place in waited_steps(rows))
            for window in open_starts(view, rows, day):
                line = intake_queue(view, rows, window.name)
                self.taken[name].update(_decisive([keys for keys, _, _ in line], view.shared))
                if window.free is not None and len(line) > max(0, window.free):
                    self.taken[name].add(TrackBranch("queue.full"))
                    self._passed.update(stream for _, stream, _ in line[max(0, window.free) :])
            self.taken[name].update(_outside(book, name, view.shared, day))


def _decisive(keys: Sequence[Sequence[Any]], plan: Plan) -> Iterator[TrackBranch]:
    """Find the criteria of the order that told two apart who stand one after the other."""
    order = plan.track.intake.order
    for one, other in pairwise(keys):
        number = next((n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(order))
        if number < len(order):
            yield TrackBranch(ORDER, str(number), order[number].fact or order[number].by)


def _outside(book: MemoryLedger, track: str, plan: Plan, day: date) -> Iterator[TrackBranch]:
    """Note who waits because the period has not begun, or is over."""
    period = plan.track.period
    waiting = [one for one in book.enrolments.values() if one.track == track and one.status in (Status.REFERRED, Status.WAITING)]
    if any(not any(todo.kind == "entry" for todo in one.todos) for one in waiting):
        if period.first and day < period.first:
            yield TrackBranch("period.from")
        if period.until and day >= period.until:
            yield TrackBranch("period.until")


def _of_todos(one: Enrolment) -> Iterator[TrackBranch]:
    for todo in one.todos:
        if todo.kind == "placement":
            yield TrackBranch("placement", todo.step)
        elif todo.kind == "dates":
            yield TrackBranch("day.none", todo.step)


def _of_track(book: MemoryLedger, track: str, event: Event) -> Iterator[TrackBranch]:
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


class _ObservedPerson:
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


def _of_person(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    if event.kind in _PLAIN:
        yield TrackBranch(_PLAIN[event.kind])
    if event.kind in _KINDS:
        yield from _KINDS[event.kind](person, event)


def _admitted(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    yield from _entered(person, event)
    start = str(event.data.get("start", ""))
    if start:
        yield TrackBranch("start.used", start)
        if event.effective > person.view.start_day(start, event.effective):
            yield TrackBranch("start.late")


def _entered(person: _ObservedPerson, _event: Event) -> Iterator[TrackBranch]:
    if next(person.one.progress.named("exception"), None):
        yield TrackBranch("entry.exception")


def _started(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    step = person.step(event.step)
    if step is None:
        return
    yield TrackBranch("needed" if step.when_needed else "begun", step.id)
    if event.effective in step.starts:
        yield TrackBranch("day.used", step.id, event.effective.isoformat())
    if step.start_within and not person.one.progress.get("missed:start", step.id, event.attempt):
        yield TrackBranch("start_within.met", step.id)


def _completed(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
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


def _ended_beside(person: _ObservedPerson, step: Step, event: Event) -> Iterator[TrackBranch]:
    context, day = person.context(event.effective), event.effective
    # Both ends may fall on the day of exit; then both branches were taken.
    out = person.one.progress.exited
    if step.until and day_of_point(context, step.until)[0] == day:
        yield TrackBranch("ended.until", step.id)
    if planned_end(context, step, event.attempt) == day:
        yield TrackBranch("ended.length", step.id)
    if out == day:
        yield TrackBranch("ended.exit", step.id)
    elif out and counts_from_employment(step):
        yield TrackBranch("outlives", step.id)


def _skipped(_person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    if event.data.get("condition") in ("from", "exit"):
        yield TrackBranch(f"skipped.{event.data['condition']}", event.step)


def _missed(_person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    what, _, point = str(event.data["what"]).partition(" ")
    code = "start_within" if what == "start" else what
    yield TrackBranch(f"{code}.missed", event.step, point)


def _contacted(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    progress = person.one.progress
    for step in person.view.own.track.steps:
        n = progress.attempts(step.id)
        if step.contact_every and event.step in ("", step.id) and n and not progress.get("ended", step.id, n):
            yield TrackBranch("contact.met", step.id)


def _followed_up(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    point = str(event.data["point"])
    if not person.one.progress.get(f"missed:follow_up {point}"):
        yield TrackBranch("follow_up.met", "", point)


def _given(person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    step = person.step(event.step)
    place = place_needed(person.context(event.effective), step, event.attempt) if step else None
    if place:
        yield TrackBranch("place.given", *place)


def _transferred(_person: _ObservedPerson, event: Event) -> Iterator[TrackBranch]:
    yield TrackBranch("transfer.taken", str(event.data.get("transfer", "")))


def _left(person: _ObservedPerson, _event: Event) -> Iterator[TrackBranch]:
    yield TrackBranch("transfer.arrived", str(person.one.progress.value("transfer").get("transfer", "")))


_PLAIN: Final[Mapping[str, str]] = {
    "proposed": "queue.proposed",
    "accepted": "queue.accepted",
    "declined": "queue.declined",
    "offer_lapsed": "queue.lapsed",
    "completed": "completed",
}
_KINDS: Final[Mapping[str, Callable[[_ObservedPerson, Event], Iterator[TrackBranch]]]] = {
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
