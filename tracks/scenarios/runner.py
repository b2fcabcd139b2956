"""One case of a track's own tests, lived over lists in virtual time with the engine itself: what was expected and did not come."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from definitions.model.refusal import Refusal
from definitions.scenarios.model import ScriptLine, Sentence
from definitions.scenarios.phrases import STATEMENTS, STATES
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.loop.advance import advance, next_slice
from tracks.recording import operations
from tracks.recording.track_facts import put_in_force
from tracks.scenarios.actions import ACTOR, perform, refer
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


class CaseObserver(Protocol):
    """Whoever looks on while cases are lived, to know which ways of the track they take."""

    def plan(self, plan: Plan) -> Plan:
        """The plan to be lived by: the same one, perhaps with conditions that perform what they are asked."""

    def aside(self) -> AbstractContextManager[None]:
        """While not all is said that belongs together, what conditions answer counts for nothing."""

    def saved(self, book: MemoryLedger, enrolments: Sequence[Enrolment], events: Sequence[Event]) -> None:
        """What was written together."""

    def still(self, book: MemoryLedger, day: date) -> None:
        """A day on which nothing more follows."""


class NoObserver:
    """Nobody looks on."""

    def plan(self, plan: Plan) -> Plan:
        """The same."""
        return plan

    def aside(self) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def saved(self, book: MemoryLedger, enrolments: Sequence[Enrolment], events: Sequence[Event]) -> None:
        """Nothing."""

    def still(self, book: MemoryLedger, day: date) -> None:
        """Nothing."""


class CaseFailure(NamedTuple):
    """One sentence that did not come true, or was refused, with what check_event instead. `person` is empty where there is one only.

    `code` is `missing`, `unwanted`, `state`, `taken` (said though it was to be refused), or `refused` with the refusal.
    """

    code: str
    line: ScriptLine
    person: str
    instead: tuple[Occurrence, ...] = ()
    refusal: Refusal | None = None


class CaseResult(NamedTuple):
    """What came of a case: passed where nothing failed; `course` is everything that the engine answered."""

    suite: Suite
    case: ScenarioCase
    failures: tuple[CaseFailure, ...]
    course: tuple[Occurrence, ...]


class _ObservedLedger(MemoryLedger):
    """A ledger that is looked on."""

    def __init__(self, watch: CaseObserver) -> None:
        super().__init__()
        self._watch = watch

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track, as the one who looks on wants it."""
        super().put_plan(self._watch.plan(plan), source, labels)

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write, and show what was written."""
        super().save(enrolments, events, tracks)
        self._watch.saved(self, enrolments, events)


def run_case(suite: Suite, case: ScenarioCase, watch: CaseObserver | None = None) -> CaseResult:
    """Live a case from its first day to its last, and compare what follows with what is expected."""
    trial = _CaseRun(suite, case, watch or NoObserver())
    for day in trial.days():
        trial.live(day)
    failures = [*trial.failures, *trial.events_wanting()]
    order = {id(line): number for number, line in enumerate((*case.said, *case.expected))}
    failures.sort(key=lambda failure: order.get(id(failure.line), -1))  # a referral stands before all lines
    return CaseResult(suite, case, tuple(failures), tuple(list_occurrences(trial.book, suite, case)))


def _referral(person: ScriptPerson, suite: Suite) -> ScriptLine:
    """The referral of a person as the line that one would write."""
    text = next(one.words(suite.lang) for one in STATEMENTS if one.kind == "referred")
    people = (person.name,)
    return ScriptLine(person.referred, Sentence("referred", people, text=f"{person.name} {text}".strip(), span=person.span))


@dataclass(slots=True)
class _CaseRun:
    """The case while it is lived."""

    suite: Suite
    case: ScenarioCase
    watch: CaseObserver
    failures: list[CaseFailure] = field(default_factory=list)
    book: _ObservedLedger = field(init=False)

    def __post_init__(self) -> None:
        self.book = _ObservedLedger(self.watch)
        clock = Clock.at(self.days()[0].isoformat())
        for track in self._tracks():
            put_in_force(self.book, clock, ACTOR, track, track_hash(track), "")

    def _tracks(self) -> list[Track]:
        return [written.track for written in self.suite.unit]

    def days(self) -> list[date]:
        """Every day of the case, in order."""
        lines = (*self.case.said, *self.case.expected)
        return sorted({*(person.referred for person in self.case.people), *(line.day for line in lines if line.day)})

    def live(self, day: date) -> None:
        """One day: what is due, who is referred, what is said, and how things stand at its end."""
        self._advance(day)
        clock = Clock.at(day.isoformat())
        for person in self.case.people:
            if person.referred == day:
                self._refer(clock, person)
        for line in self.case.said:
            if line.day == day:
                for name in line.sentence.people or ("",):
                    self._say(clock, line, name)
                self._advance(day)
        for line in self.case.expected:
            if line.day == day and line.sentence.kind in STATES:
                self._look(clock, line)

    def _refer(self, clock: Clock, person: ScriptPerson) -> None:
        try:
            with self.watch.aside():
                refer(self.book, clock, person)
        except Refusal as refusal:
            self.failures.append(CaseFailure("refused", _referral(person, self.suite), person.name, refusal=refusal))
        self._advance(clock.today)

    def _say(self, clock: Clock, line: ScriptLine, name: str) -> None:
        try:
            perform(self.book, clock, self.suite.track, line.sentence, name)
        except Refusal as refusal:
            self.failures.append(CaseFailure("refused", line, name, refusal=refusal))

    def _advance(self, day: date) -> None:
        """Every due day by itself, so that whoever looks on sees each."""
        for unit in operations.all_units(self.book):
            while (due := self._next(unit, day)) is not None:
                advance(self.book, unit, due, Clock.at(due.isoformat()).recorded)
                self.watch.still(self.book, due)

    def _next(self, unit: Sequence[str], day: date) -> date | None:
        rows = {name: row for name in unit if (row := self.book.track(name))}
        return next_slice(self.book, unit, rows, day)

    def _look(self, clock: Clock, line: ScriptLine) -> None:
        sentence = line.sentence
        if sentence.kind == "rejected" and sentence.inner:
            for name in sentence.inner.people or ("",):
                if self._taken(clock, line, name) != sentence.negated:
                    self.failures.append(CaseFailure("taken", line, name))
            return
        for name in sentence.people or ("",):
            answer = check_state(self.book, self.suite, sentence, name, clock.today)
            if answer.holds == sentence.negated:
                self.failures.append(CaseFailure("state", line, name, answer.instead))

    def _taken(self, clock: Clock, line: ScriptLine, name: str) -> bool:
        """Whether the engine would take what is said; nothing of it stays."""
        inner = line.sentence.inner
        assert inner is not None  # noqa: S101 - such a sentence has one inside
        try:
            with self.book.trial():
                perform(self.book, clock, self.suite.track, inner, name)
        except Refusal:
            return False
        return True

    def events_wanting(self) -> Iterator[CaseFailure]:
        """The events that were expected and did not come, and those that came though they were not to."""
        for line in self.case.expected:
            if line.sentence.kind in STATES:
                continue
            for name in line.sentence.people or ("",):
                answer = check_event(self.book, self.suite, line, name)
                if not answer.holds:
                    yield CaseFailure("unwanted" if answer.unwanted else "missing", line, name, answer.instead)
