"""Shared things that enrolments claim: a place in the intake, a place in a step, a run of a step about an employer or a start.

`Claim.resource` holds the text, because claims are stored and sorted by it; `parse` answers the value, once for each text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

_INTAKE: Final = "intake"


class IntakePlace(NamedTuple):
    """A place on one start (its declared date), written `start:DATE`; or in a rolling intake, or on any start: `intake`."""

    start: str = ""

    def __str__(self) -> str:
        """Return the resource as it is stored."""
        return f"start:{self.start}" if self.start else _INTAKE


class StepPlace(NamedTuple):
    """A place in a step, `step:ID`, or in a step at one employer, `step:ID:EMPLOYER`."""

    step: str
    employer: str = ""

    def __str__(self) -> str:
        """Return the resource as it is stored."""
        return f"step:{self.step}:{self.employer}" if self.employer else f"step:{self.step}"


class EmployerStart(NamedTuple):
    """Whom a run of a step about an employer or a start is for, `EMPLOYER:START`; either may be empty (rule R32)."""

    employer: str
    start: str

    @classmethod
    def parse(cls, text: str) -> EmployerStart:
        """Parse what stands after the colon of a todo or a field of the track's fold."""
        employer, _, start = text.partition(":")
        return cls(employer, start)

    def __str__(self) -> str:
        """Return the text that stands in todos and in names of fields."""
        return f"{self.employer}:{self.start}"


class SubjectRun(NamedTuple):
    """A run of a step about an employer or a start, `subject:STEP:EMPLOYER:START`: whoever claims it is concerned by it."""

    step: str
    whose: EmployerStart

    def __str__(self) -> str:
        """Return the resource as it is stored."""
        return f"subject:{self.step}:{self.whose}"


Resource = IntakePlace | StepPlace | SubjectRun


@lru_cache(maxsize=65_536)
def parse(text: str) -> Resource:
    """Parse a resource as it is stored; any other text, which only a damaged store holds, is a start that nobody declared."""
    kind, _, rest = text.partition(":")
    name, _, more = rest.partition(":")
    if kind == "step":
        return StepPlace(name, more)
    if kind == "subject":
        return SubjectRun(name, EmployerStart.parse(more))
    return IntakePlace(rest if kind == "start" else "" if text == _INTAKE else text)
