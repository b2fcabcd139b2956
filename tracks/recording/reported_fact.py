"""A fact as a person reports it, and the enrolment that it is validated against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracks.engine.context.decision_context import DecisionContext
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.clock import Clock
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """What a person reports: the kind of fact, the day it is about, and its data.

    `attempt` is the run of the step, counted from 1; 0 means the run that fits. `key` is the caller's own: with one that stands already
    nothing is written. `note` is free text, which is kept beside the log.
    """

    kind: str
    on: date
    step: str = ""
    attempt: int = 0
    data: Mapping[str, Any] | None = None
    key: str | None = None
    note: str | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What the fact says, as a copy that may be changed."""
        return dict(self.data or {})

    def but(self, *, attempt: int | None = None, on: date | None = None, **data: Any) -> ReportedFact:
        """The same fact with something filled in."""
        return replace(self, attempt=self.attempt if attempt is None else attempt, on=on or self.on, data={**self.content, **data})


@dataclass(frozen=True, slots=True)
class FactContext:
    """The enrolment that a fact is reported of, and what it is validated against.

    `claims` reads those of the whole track, `named` answers how the enrolment is named in a command.
    """

    view: View
    enrolment: Enrolment
    clock: Clock
    claims: Callable[[], Sequence[Row]] = tuple
    named: Callable[[], str] | None = None

    @property
    def ref(self) -> str:
        """What a command that is proposed names it by, so that it can be typed as it stands."""
        return self.named() if self.named else self.enrolment.ref

    @property
    def context(self) -> DecisionContext:
        """A decision context on the present day."""
        return DecisionContext(self.view, self.enrolment.progress, self.clock.today)

    @property
    def track(self) -> str:
        """The id of the track."""
        return self.enrolment.track

    def step(self, name: str) -> Step:
        """Find a step of the person's own version.

        Raises:
            Refusal: UNKNOWN_STEP or SHARED_STEP.

        """
        steps = self.view.own.steps
        if name not in steps:
            # People say what a step is called; the refusal names the id that they are to type.
            meant = next((step.id for step in steps.values() if step.name.casefold() == name.casefold()), "")
            raise refusals.UNKNOWN_STEP(track=self.track, step=name, steps=", ".join(steps), meant=meant)
        if steps[name].subject != "participant":
            raise refusals.SHARED_STEP(step=name)
        return steps[name]

    def latest(self, step: str) -> int:
        """The number of the latest run of a step."""
        return self.enrolment.progress.attempts(step)

    def running(self, step: str) -> int:
        """The number of the run that goes on, or 0."""
        n = self.latest(step)
        return n if n and not self.enrolment.progress.get("ended", step, n) else 0
