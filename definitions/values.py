"""The small values of the language: lengths, points, money, thresholds; each has one canonical English text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints


class Value(BaseModel):
    """A frozen value that knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Unit = Literal["days", "working days", "weeks", "months"]
Anchor = Literal["admission", "exit", "employment", "start", "end"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9åäö_-]{1,64}$")]


class Length(Value):
    """A whole number of days, working days, weeks or months (rules R1-R3)."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


class Point(Value):
    """A day that an event gives: `1 month after employment`, `2 weeks before end of praktik`."""

    anchor: Anchor
    step: str | None = None
    after: Length | None = None
    before: Length | None = None

    def __str__(self) -> str:
        offset = f"{self.after} after " if self.after else f"{self.before} before " if self.before else ""
        anchor = f"{self.anchor} of {self.step}" if self.step else self.anchor
        return offset + anchor


class Money(Value):
    """Kronor for a whole step, or for each week begun (rule R50)."""

    kronor: int
    weekly: bool = False


class Threshold(Value):
    """A share in percent or a plain number, as decimal text because canonical JSON holds no floats."""

    number: str
    share: bool


class Condition(Value):
    """One condition in canonical English text; `reason` is the written reason that rule R49 asks for."""

    rule: str
    reason: str | None = None
