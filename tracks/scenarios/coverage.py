"""Measures which branches of the tracks the cases take: conditions report their answers, events and claims tell the rest."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tracks.engine.context.input_builder import track_view
from tracks.engine.context.plan import ConditionList
from tracks.engine.rules.allocation import intake_queue, open_starts, waited_steps
from tracks.events.status import Status
from tracks.events.streams import StreamId
from tracks.scenarios.branches import ORDER, TrackBranch
from tracks.scenarios.event_branches import ObservedPerson, person_branches, todo_branches, track_branches
from tracks.scenarios.runner import CaseObserver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.conditions.environment import Env
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


class Coverage(CaseObserver):
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
        return self._reporting(track, rules, lambda rule, answer: TrackBranch(f"{code}.{answer}", about, rule))

    def _observe_met(self, track: str, code: str, about: str, rules: ConditionList) -> ConditionList:
        met = TrackBranch(f"{code}.met", about)
        return self._reporting(track, rules, lambda rule, answer: met if answer == "true" else TrackBranch(f"{code}.unmet", about, rule))

    def _reporting(self, track: str, rules: ConditionList, branch: Callable[[str, str], TrackBranch]) -> ConditionList:
        def note(rule: str, answer: str) -> None:
            if not self._suspended:
                self.taken[track].add(branch(rule, answer))

        return ObservedConditions(rules.rules, note) if rules else rules

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
                self.taken[one.track].update(person_branches(ObservedPerson(book, one), event))
                self._refilled(one, event)
            elif (track := StreamId.parse(event.stream).track) is not None:
                self.taken[track].update(track_branches(book, track, event))
        for one in enrolments:
            self.taken[one.track].update(todo_branches(one))

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
