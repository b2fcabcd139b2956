"""The rules of what steps ask of people: contacts come while the step goes on, and nobody is in a step unseen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from definitions.checks.violation import Check, Violation
from definitions.conditions.ast import render_length
from definitions.model import calendar
from definitions.model import vocabulary as v
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


def steps_are_asked_about(track: Track) -> Iterator[Violation]:
    """A step says when its report comes (R59; warning `NO_LENGTH`), else it is asked for only after some months."""
    for step in track.steps:
        # Who begins a step when it is needed looks to it.
        said = step.when_needed or step.report_after or track.report_after
        if not said and (after := track.asked_after(step)):
            values = {
                "step": step.id,
                "key": v.key("length", track.key_language),
                "asked": v.key("report_after", track.key_language),
                "after": render_length(after, track.key_language),
            }
            yield Violation(findings.NO_LENGTH, ("steps", step.id, "id"), values)


def track_asks_somebody(track: Track) -> Iterator[Violation]:
    """Somebody is asked for something on the way (R14; warning `NOBODY_IS_ASKED`): not every step ends by itself without a contact."""
    if not all(step.beside for step in track.steps) and not any(_asks(track, step) for step in track.steps):
        yield Violation(findings.NOBODY_IS_ASKED, ("track",), {"key": v.key("contact_every", track.key_language)})


def _asks(track: Track, step: Step) -> bool:
    if step.contact_every or step.subject != "participant":
        return True
    return bool(track.asked_after(step)) or (not step.beside and step.type != "stöd")


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


CONTACT_CHECKS: Final[tuple[Check, ...]] = (contacts_come_before_the_end, steps_are_asked_about, track_asks_somebody)
