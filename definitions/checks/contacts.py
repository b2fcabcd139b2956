"""The rule of contacts: they come while the step goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from definitions.checks.violation import Violation
from definitions.conditions.ast import render_length
from definitions.model import calendar
from definitions.model.exit_order import mean_days
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.track import Step, Track
    from definitions.model.values import Length


def contacts_come_before_the_end(track: Track) -> Iterator[Violation]:
    """`contact_every` is shorter than the step, whose length may be that of another (R25; warning `CONTACT_NEVER_DUE`)."""
    steps = {step.id: step for step in track.steps}
    for step in track.steps:
        lasts = _lasts(step, steps)
        if step.contact_every and lasts and not _comes_before(step.contact_every, lasts):
            values = {"found": render_length(step.contact_every, track.key_language), "length": render_length(lasts, track.key_language)}
            yield Violation(findings.CONTACT_NEVER_DUE, ("steps", step.id, "contact_every"), values)


# Months differ, and so do weeks with days off: what comes on no day of a common year and a leap year never comes.
_DAYS: Final = tuple(date(2027, 1, 1) + timedelta(days=number) for number in range(2 * 366))
# Two lengths that lie farther apart than days off and short months can make up for need not be counted out.
_APART: Final = 1.5


def _comes_before(interval: Length, lasts: Length) -> bool:
    """Whether an interval counted from some day, and moved to a working day, is over before a step of that length."""
    first, last = mean_days(interval), mean_days(lasts)
    if max(first, last) > _APART * min(first, last) + 14 or max(first, last) > len(_DAYS):
        return first < last
    return any(calendar.roll(calendar.add(day, interval)) < calendar.add(day, lasts) for day in _DAYS)


def _lasts(step: Step, steps: Mapping[str, Step]) -> Length | None:
    """How long a step lasts, where the track says it: its length, that of the step it is alongside, or a time after where it begins."""
    begins, until = step.begins, step.until
    if step.length or not until or until.before:
        return step.length
    if until.after is None:
        beside = steps.get(until.step or "") if until.anchor == "end" else None
        started = begins is not None and (begins.anchor, begins.step, begins.before) == ("start", until.step, None)
        return beside.length if beside and started else None
    first = (begins.anchor, begins.step, begins.before, begins.after) if begins else ("admission", None, None, None)
    return until.after if first == (until.anchor, until.step, None, None) else None
