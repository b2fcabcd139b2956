"""The small values of the language: lengths, points, money, thresholds; each has one canonical English text."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal

ID: Final = "[a-z0-9åäö_-]{1,64}"


class ModelValue:
    """Base of the frozen dataclasses that a track is made of; the package says why they are no pydantic models."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))


def field_names(kind: Any) -> tuple[str, ...]:
    """List the names of the fields of a kind of value."""
    return tuple(name for name, _ in _defaults(kind))


def plain(value: Any) -> Any:
    """Turn a value into plain JSON values; what is left at its default is left out."""
    if isinstance(value, ModelValue):
        kind: Any = type(value)
        return {name: plain(said) for name, default in _defaults(kind) if (said := getattr(value, name)) != default}
    if isinstance(value, dict):
        return {name: plain(said) for name, said in value.items()}
    if isinstance(value, tuple):
        return [plain(said) for said in value]
    return value.isoformat() if isinstance(value, date) else value


class _IdForm:
    """Tells pydantic the pattern of an id."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return {**handler(source), "pattern": f"^{ID}$"}


Unit = Literal["days", "working days", "weeks", "months"]
Anchor = Literal["admission", "exit", "employment", "start", "end"]
Id = Annotated[str, _IdForm]


@dataclass(frozen=True, slots=True)
class Length(ModelValue):
    """A whole number of days, working days, weeks or months (rules R1-R3)."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Point(ModelValue):
    """A day that an event gives: `1 month after employment`, `2 weeks before end of praktik`."""

    anchor: Anchor
    step: str | None = None
    after: Length | None = None
    before: Length | None = None

    def __str__(self) -> str:
        offset = f"{self.after} after " if self.after else f"{self.before} before " if self.before else ""
        anchor = f"{self.anchor} of {self.step}" if self.step else self.anchor
        return offset + anchor


@dataclass(frozen=True, slots=True)
class Money(ModelValue):
    """Kronor for a whole step, or for each week begun (rule R50)."""

    kronor: int
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Threshold(ModelValue):
    """A share in percent or a plain number, as decimal text because canonical JSON holds no floats."""

    number: str
    share: bool


@dataclass(frozen=True, slots=True)
class Condition(ModelValue):
    """One condition in canonical English text; `reason` is the written reason that rule R49 asks for."""

    rule: str
    reason: str | None = None
