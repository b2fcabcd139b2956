"""The working table of one decision: it gathers events, later days, claims and todos while the rules are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.vocabulary import REQUIRES_OF
from tracks.engine.context.inputs import deadline_after
from tracks.engine.context.situation import Situation, own_run
from tracks.engine.context.step_runs import ChainState
from tracks.events.event import Draft
from tracks.events.fold import Progress, evolve
from tracks.events.roles import EMPLOYER, owner_role, step_role
from tracks.events.snapshots import Claim, Todo

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from definitions.model.track import Step
    from definitions.model.values import Length
    from tracks.engine.context.inputs import View
    from tracks.engine.context.plan import ConditionList
    from tracks.events.fold import Field
    from tracks.events.todos import TodoKind

# What is decided on a day comes after everything that was said of that day.
_AFTER_ALL_FACTS: Final = 1 << 40
# What follows a result is decided by whoever runs the track, and never by the partner who broke off.
_OWNERS: Final = frozenset({"decision", "proposal"})
# There may be no employer yet, or one who has left, and what a step waits for is nothing that one can see to.
_NOT_THE_EMPLOYERS: Final = frozenset({"placement", "employer_left", "requirement", "dates"})


class Decision(NamedTuple):
    """What holds on a day with what is known; `due` is the next day on which it could answer without new facts."""

    events: tuple[Draft, ...]
    due: date | None
    claims: tuple[Claim, ...]
    todos: tuple[Todo, ...]
    progress: Progress


class DecisionContext:
    """One enrolment, one day after another. What was looked up of a step stays until an event of that step."""

    __slots__ = ("_chain", "_position", "_situation", "claims", "day", "events", "later", "progress", "stops", "todos", "view")

    def __init__(self, view: View, progress: Progress, day: date, position: int = _AFTER_ALL_FACTS) -> None:
        self.view, self.progress, self.day = view, progress, day
        self.events: list[Draft] = []
        self._position = position
        self._situation: Situation | None = None
        self._chain: ChainState | None = None
        self.clear()

    def move_to(self, day: date) -> None:
        """Go on to a later day."""
        self.day = day
        self._position += len(self.events)
        self.events = []
        self._situation = None
        self.clear()

    def clear(self) -> None:
        """Forget what was gathered in the last round but the events."""
        self.later: list[date] = []
        self.claims: list[Claim] = []
        self.todos: list[Todo] = []
        self.stops = False

    def repeat(self, rule: Callable[[DecisionContext, Step], None], step: Step) -> None:
        """Ask a rule of one step until it concludes nothing more; only what its last round gathered is kept."""
        while True:
            # What a rule concludes may be what its next answer depends on: a step may start and end on one day.
            before, marks = len(self.events), (len(self.later), len(self.claims), len(self.todos))
            rule(self, step)
            if len(self.events) == before:
                return
            del self.later[marks[0] :], self.claims[marks[1] :], self.todos[marks[2] :]

    def emit(self, kind: str, step: str = "", attempt: int = 0, **data: Any) -> None:
        """Conclude an event on this day.

        Args:
            kind: The kind of event.
            step: The step's id, empty for what concerns the enrolment.
            attempt: The number of the run, 0 where there is none.
            **data: The content, by name.

        """
        self.emit_on(self.day, kind, step, attempt, **data)

    def emit_on(self, day: date, kind: str, step: str = "", attempt: int = 0, **data: Any) -> None:
        """Conclude an event of an earlier day, whose cause is only known now.

        Args:
            day: The day that the event is about, not after the day of the context.
            kind: The kind of event.
            step: The step's id, empty for what concerns the enrolment.
            attempt: The number of the run, 0 where there is none.
            **data: The content, by name.

        """
        draft = Draft(kind, day, step, attempt, data)
        self.events.append(draft)
        self.progress = evolve(self.progress, draft, self._position + len(self.events))
        # Conditions read the fold; what they answered before this event may not hold any more.
        self._situation = None
        if self._chain is not None:
            self._chain = self._chain.after_event(self.progress, step)

    @property
    def chain(self) -> ChainState:
        """How far the chain has come."""
        if self._chain is None:
            self._chain = ChainState(self.view, self.progress)
        return self._chain

    def has_come(self, day: date | None) -> bool:
        """Whether a day has come; one that has not is remembered as a day to decide again."""
        if day is None:
            return False
        if day <= self.day:
            return True
        self.later.append(day)
        return False

    @property
    def transfer(self) -> Field | None:
        """The transfer that is under way: one that came to nothing there holds nothing up here any more (rule R46)."""
        found = self.progress.get("transfer")
        return None if found is None or self.has_come(self.view.returned) else found

    @property
    def situation(self) -> Situation:
        """The person's situation, for conditions."""
        if self._situation is None:
            self._situation = Situation(self.view, self.progress, self.day)
        return self._situation

    def holds(self, rules: ConditionList) -> bool | None:
        """Ask a list of conditions, and remember when time alone could change the answer."""
        if not rules:
            return True
        # Time alone may change the answer (a birthday, days since): that day is one to ask again.
        flips = rules.flips(self.situation)
        if flips:
            self.later.append(flips)
        # What others reported of a shared step may hold from a later day than the one that is decided anew.
        for step in self.view.own.shared:
            ended = own_run(self.view, self.progress, step, "subject_ended") if rules.asks_result(step.id) else None
            self.has_come(ended.effective if ended else None)
        return rules.holds(self.situation)

    def requires(self, step: Step) -> ConditionList:
        """What a step requires of this person: nothing, where somebody made an exception from it (rule R10)."""
        every = self.view.own.requires[step.id]
        return every.without(text for text, _ in every.rules) if self.progress.get(f"exception:{REQUIRES_OF}{step.id}") else every

    def todo(self, kind: str | TodoKind, step: Step | str, attempt: int, since: date, due: date | None = None) -> None:
        """Put something on somebody's worklist.

        Args:
            kind: The kind of todo, as a value or a plain word.
            step: The step, or the id of one that is no more; empty for the enrolment.
            attempt: The number of the run, 0 where there is none.
            since: The day from which it waits.
            due: The last day to do it.

        """
        name = step if isinstance(step, str) else step.id
        self.todos.append(Todo(str(kind), name, attempt, self.whose(kind, step), since, due))

    def whose(self, kind: str | TodoKind, step: Step | str) -> str:
        """Whose worklist a todo is on: the step's responsible's, or the owner's where it is for whoever runs the track to say."""
        role = self.owner if isinstance(step, str) else self.role(step)
        base = str(kind).partition(":")[0]
        return self.owner if base in _OWNERS or (role == EMPLOYER and base in _NOT_THE_EMPLOYERS) else role

    def giver(self, fact: str) -> Step | None:
        """The step whose report is to give a fact."""
        return next((step for step in self.view.own.track.steps if fact in step.gives), None)

    @property
    def owner(self) -> str:
        """Who runs the track."""
        return owner_role(self.view.own.track)

    def role(self, step: Step) -> str:
        """Whose worklist a step is on."""
        return step_role(self.view.own.track, step)

    def deadline(self, start: date, length: Length) -> date | None:
        """The last day of a deadline: moved by pauses, then to a working day (rules R4, R5)."""
        return deadline_after(self.progress, start, length)
