"""An event: as a row of a log, and as a draft that has no place in a log yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ENGINE_ACTOR: Final = "engine"


class Draft(NamedTuple):
    """An event that has no place in a log yet: what `decide` and `grants` answer, and what a command says."""

    kind: str
    effective: date
    step: str = ""
    attempt: int = 0
    data: Mapping[str, Any] = {}

    @property
    def content(self) -> tuple[Any, ...]:
        """What makes two engine events the same event (engine rules for late facts compare by it)."""
        return (self.kind, self.effective, self.step, self.attempt, repr(sorted(self.data.items())))


class Event(NamedTuple):
    """One row of the log. `effective` is a date in Stockholm, `recorded` a UTC instant as text."""

    stream: str
    seq: int
    kind: str
    step: str
    attempt: int
    effective: date
    recorded: str
    actor: str
    version: int | None
    data: Mapping[str, Any]
    key: str | None
    hash: bytes

    @property
    def draft(self) -> Draft:
        """The event without its place in the log."""
        return Draft(self.kind, self.effective, self.step, self.attempt, self.data)
