"""What a condition is asked of: whatever can answer about one participant on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date


class Env(Protocol):
    """What is known of one participant on one day; None means unknown, for built-in facts too."""

    @property
    def day(self) -> date:
        """The day asked about."""

    def fact(self, name: str) -> Any:
        """The value of a fact as it stands in event data, or None; built-in facts but `age` and `outcome` too."""

    def age(self) -> int | None:
        """Whole years on the day asked."""

    def next_birthday(self) -> date | None:
        """The 1st of the next month of birth after the day asked."""

    def outcome(self) -> str:
        """The outcome's code; `unknown` until one is reported."""

    def result(self, step: str) -> str | None:
        """The result of the latest run of a step that has ended or been skipped."""

    def employed_since(self) -> date | None:
        """The first day of the employment that goes on, if there is one."""

    def employers(self) -> frozenset[str]:
        """The ids of the track's employers."""
