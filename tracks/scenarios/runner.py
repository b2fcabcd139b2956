"""Runs one case of a track's own tests: the engine itself, over lists in memory and in virtual time; what was expected is compared."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from definitions.model.refusal import Refusal
from definitions.scenarios.model import ScriptLine, Sentence
from definitions.scenarios.phrases import STATEMENTS, STATES
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.loop.advance import advance, next_slice
from tracks.recording import operations
from tracks.recording.track_facts import put_in_force
from tracks.scenarios.actions import ACTOR, perform, ref_of, refer
from tracks.scenarios.expectations import Occurrence, check_event, check_state, list_occurrences
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from definitions.model.track import Track
    from definitions.scenarios.model import ScenarioCase, ScriptPerson, Suite
    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, TrackRow


class CaseObserver:
    """Follows a case while it runs, to learn which branches of the track it takes; this one learns nothing."""

    def wrap_plan(self, plan: Plan) -> Plan:
        """Return the plan to run by: the same one, perhaps with conditions that report their answers."""
        return plan

    def suspended(self) -> AbstractContextManager[None]:
        """Ignore what conditions answer while only a part of what belongs together has been recorded."""
        return nullcontext()

    def on_save(self, book: MemoryLedger, enrolments: Sequence[Enrolment], events: Sequence[Event]) -> None:
        """Take note of what was written together.

        Args:
            book: The ledger, after the write.
            enrolments: The snapshots that were written.
            events: The events that were written, in order.

        """

    def on_idle(self, book: MemoryLedger, day: date) -> None:
        """Take note of a day on which nothing more follows."""


class CaseFailure(NamedTuple):
    """A sentence that did not come true or was refused, with what happened instead.

    `code` is `missing` (an expected event did not come), `unwanted` (one came that was not to), `state` (things do not stand so),
    `taken` (the engine accepted what was to be refused), or `refused`, with the refusal. `person` is empty where the case has one only.
    """

    code: str
    line: ScriptLine
    person: str
    instead: tuple[Occurrence, ...] = ()
    refusal: Refusal | None = None


class CaseResult(NamedTuple):
    """What came of a case: it passed if nothing failed; `course` is everything that the engine answered, in order of days."""

    suite: Suite
    case: ScenarioCase
    failures: tuple[CaseFailure, ...]
    course: tuple[Occurrence, ...]


class _ObservedLedger(MemoryLedger):
    """A ledger in memory that reports every write to an observer."""

    def __init__(self, observer: CaseObserver) -> None:
        super().__init__()
        self._observer = observer

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track as the observer wants it.

        Args:
            plan: The compiled track.
            source: The author's text.
            labels: The names that queries show, as JSON; worked out where empty.

        """
        super().put_plan(self._observer.wrap_plan(plan), source, labels)

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write, and report what was written.

        Args:
            enrolments: Snapshots to write.
            events: New events, in order.
            tracks: Rows of tracks to write.

        """
        super().save(enrolments, events, tracks)
        self._observer.on_save(self, enrolments, events)


def run_case(suite: Suite, case: ScenarioCase, observer: CaseObserver | None = None) -> CaseResult:
    """Run a case from its first day to its last, and compare what follows with what is expected.

    Args:
        suite: The tests that the case belongs to, with the tracks of its unit.
        case: The case.
        observer: Told of every write and of every day on which nothing more follows.

    Returns:
        The failures in the order of the sentences in the case, and everything that the engine answered.

    """
    trial = _CaseRun(suite, case, observer or CaseObserver())
    for day in trial.days():
        trial.live(day)
    failures = [*trial.failures, *trial.events_wanting()]
    order = {id(line): number for number, line in enumerate((*case.statements, *case.expectations))}
    failures.sort(key=lambda failure: order.get(id(failure.line), -1))  # a referral stands before all lines
    return CaseResult(suite, case, tuple(failures), tuple(list_occurrences(trial.book, suite, case)))


def _referral(person: ScriptPerson, suite: Suite) -> ScriptLine:
    """Build the line that one would write for the referral of a person."""
    text = next(one.words(suite.lang) for one in STATEMENTS if one.kind == "referred")
    people = (person.name,)
    return ScriptLine(person.referred, Sentence("referred", people, text=f"{person.name} {text}".strip(), span=person.span))


@dataclass(slots=True)
class _CaseRun:
    """The state of a case while it runs."""

    suite: Suite
    case: ScenarioCase
    observer: CaseObserver
    failures: list[CaseFailure] = field(default_factory=list)
    book: _ObservedLedger = field(init=False)

    def __post_init__(self) -> None:
        self.book = _ObservedLedger(self.observer)
        # In force from the first day, so that everybody has a track to be referred to.
        clock = Clock.at(self.days()[0].isoformat())
        for track in self._tracks():
            put_in_force(self.book, clock, ACTOR, track, track_hash(track), "")

    def _tracks(self) -> list[Track]:
        return [written.track for written in self.suite.unit]

    def days(self) -> list[date]:
        """List every day on which something is said or expected, in order."""
        lines = (*self.case.statements, *self.case.expectations)
        return sorted({*(person.referred for person in self.case.people), *(line.day for line in lines if line.day)})

    def live(self, day: date) -> None:
        """Run one day: what is due, who is referred, what is said, and how things stand at its end."""
        self._advance(day)
        clock = Clock.at(day.isoformat())
        # As with commands, what is due has been decided before anybody says anything.
        for person in self.case.people:
            if person.referred == day:
                self._refer(clock, person)
        for line in self.case.statements:
            if line.day == day:
                # A sentence about a group is as many facts as it has people, each accepted or refused by itself.
                for name in line.sentence.people or ("",):
                    self._perform(clock, line, name)
                self._advance(day)
        for line in self.case.expectations:
            if line.day == day and line.sentence.kind in STATES:
                self._check_states(clock, line)

    def _refer(self, clock: Clock, person: ScriptPerson) -> None:
        try:
            with self.observer.suspended():
                refer(self.book, clock, person)
        except Refusal as refusal:
            self.failures.append(CaseFailure("refused", _referral(person, self.suite), person.name, refusal=refusal))
        # Asked once more with all that is known of her: what was answered on the way is no branch that the case took.
        self.book.wake([one.stream for one in self.book.enrolments_of(ref_of(person.name))], clock.today)
        self._advance(clock.today)

    def _perform(self, clock: Clock, line: ScriptLine, name: str) -> None:
        try:
            perform(self.book, clock, self.suite.track, line.sentence, name)
        except Refusal as refusal:
            self.failures.append(CaseFailure("refused", line, name, refusal=refusal))

    def _advance(self, day: date) -> None:
        """Decide every due day up to this one, one by one, so that the observer sees each."""
        for unit in operations.all_units(self.book):
            while (due := self._next(unit, day)) is not None:
                advance(self.book, unit, due, Clock.at(due.isoformat()).recorded)
                self.observer.on_idle(self.book, due)

    def _next(self, unit: Sequence[str], day: date) -> date | None:
        rows = {name: row for name in unit if (row := self.book.track(name))}
        return next_slice(self.book, unit, rows, day)

    def _check_states(self, clock: Clock, line: ScriptLine) -> None:
        sentence = line.sentence
        # What is to be refused is tried at the end of the day, when everything else has been said.
        if sentence.kind == "rejected" and sentence.inner:
            for name in sentence.inner.people or ("",):
                if self._is_accepted(clock, line, name) != sentence.negated:
                    self.failures.append(CaseFailure("taken", line, name))
            return
        for name in sentence.people or ("",):
            answer = check_state(self.book, self.suite, sentence, name, clock.today)
            if answer.holds == sentence.negated:
                self.failures.append(CaseFailure("state", line, name, answer.instead))

    def _is_accepted(self, clock: Clock, line: ScriptLine, name: str) -> bool:
        """Try whether the engine would accept a sentence, and leave nothing of it."""
        inner = line.sentence.inner
        assert inner is not None  # noqa: S101 - such a sentence has one inside
        try:
            with self.book.trial():
                perform(self.book, clock, self.suite.track, inner, name)
        except Refusal:
            return False
        return True

    def events_wanting(self) -> Iterator[CaseFailure]:
        """Compare the events that were expected, or were not to come, with those that came."""
        for line in self.case.expectations:
            if line.sentence.kind in STATES:
                continue
            for name in line.sentence.people or ("",):
                answer = check_event(self.book, self.suite, line, name)
                if not answer.holds:
                    yield CaseFailure("unwanted" if answer.unwanted else "missing", line, name, answer.instead)
