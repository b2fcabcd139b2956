"""Validators of what a person changes in the track for one participant alone (rule R53), and of another version for her."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from definitions.model.serialization import NotRestorable, restore
from definitions.model.track import Step
from definitions.model.values import plain
from tracks.events.fold import numbered
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracks.engine.context.inputs import View
    from tracks.recording.reported_fact import FactContext, ReportedFact

UNITS: Final = ("days", "working days", "weeks", "months")


# Enough to see that nothing would be left of a step; the days themselves are counted by the calendar.
DAYS: Final = {"days": 1, "working days": 1, "weeks": 7, "months": 28}


def lengthened(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """Longer, or with a negative count shorter, than the step was so far."""
    step = case.step(fact.step)
    _still_to_come(case, step, fact)
    before = numbered(case.enrolment.progress, "lengthened", step.id)
    check_change(step, fact.content, [field.value for field in before.values()])
    return fact.but(attempt=max(before, default=0) + 1)


def check_change(step: Step, said: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> None:
    """Hold a change of a step's length against the other changes of it.

    Args:
        step: the step as the track has it.
        said: the change: `count`, which may be negative, and `unit`.
        others: the other changes of the step that stand, in the same form.

    Raises:
        Refusal: NO_SUCH_LENGTH for what is no length, NOTHING_LEFT where no day of the step would be left.

    """
    count, unit = said.get("count"), said.get("unit")
    if step.length is None or not isinstance(count, int) or not count or unit not in UNITS:
        raise refusals.NO_SUCH_LENGTH(step=step.id, length=f"{count} {unit}")
    left = sum(one["count"] * DAYS[one["unit"]] for one in (*others, said))
    if left + step.length.count * DAYS[step.length.unit] < 1:
        raise refusals.NOTHING_LEFT(step=step.id, length=f"{-count} {unit}")


def waived(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A step is skipped for this person. Raises STEP_GOES_ON for one that goes on, STEP_IS_OVER for one that is over."""
    step = case.step(fact.step)
    running = case.running(step.id)
    if running:
        raise refusals.STEP_GOES_ON(step=step.id)
    _still_to_come(case, step, fact)
    return fact


def _still_to_come(case: FactContext, step: Step, fact: ReportedFact) -> None:
    """That the step is not over, on the day that the fact is about. Raises STEP_IS_OVER."""
    progress = case.enrolment.progress
    ended = progress.get("ended", step.id, progress.attempts(step.id))
    if ended is None or fact.on < ended.effective:
        return
    if step.beside or case.context.chain.own_end(step) is not None:
        raise refusals.STEP_IS_OVER(step=step.id, result=ended.value["result"], day=ended.effective)


def added(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A step of her own.

    Raises:
        Refusal: it is no step of the language, is called as another one, needs shared places, or names a step that is not there.

    """
    try:
        step = restore(Step, fact.content.get("step"))
    except NotRestorable as wrong:
        raise refusals.BAD_STEP(step=fact.step, why=str(wrong)) from None
    steps = case.view.own.steps
    if step.id in steps:
        raise refusals.STEP_EXISTS(step=step.id)
    if step.subject != "participant" or step.places is not None or step.employer_places:
        raise refusals.STEP_SHARED(step=step.id)
    named = {*(name for name in step.after or () if name != "admission"), *(p.step for p in (step.begins, step.until) if p and p.step)}
    if named - set(steps):
        raise refusals.UNKNOWN_STEP(
            track=case.track, step=", ".join(sorted(str(name) for name in named - set(steps))), steps=", ".join(steps)
        )
    written = plain(step)
    return type(fact)(fact.kind, fact.on, step.id, 0, {**fact.content, "step": written}, fact.key, fact.note)


def again(case: FactContext, name: str) -> Step:
    """A step that has ended, once more, as a step of her own after it that asks for no condition. Raises NOTHING_TO_REPEAT, STEP_SHARED."""
    first = case.step(name)
    number, latest = 2, first
    while (following := case.view.own.steps.get(f"{first.id}-{number}")) is not None:
        number, latest = number + 1, following
    _, ended, way = case.context.chain.latest(latest)
    if latest.beside or ended is None or ended.value["result"] == "skipped" or (way and way.action.kind != "next"):
        raise refusals.NOTHING_TO_REPEAT(step=latest.id, ref=case.ref)
    if first.places is not None or first.employer_places:
        raise refusals.STEP_SHARED(step=first.id)
    return replace(first, id=f"{first.id}-{number}", name=f"{first.name} {number}", after=(latest.id,), when=())


def migrated(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """To a version of the track that has been in force."""
    return fact.but(to=known_version(case.view, case.track, fact.content.get("to")))


def known_version(view: View, track: str, to: Any) -> int:
    """The number of a version that has been in force.

    Args:
        view: what is known of the track.
        track: the id of the track.
        to: the number, as a whole number or as typed.

    Raises:
        Refusal: NO_SUCH_VERSION, with those that there are.

    """
    known = [int(name) for name, _ in view.state.named("applied")]
    if not str(to).isdecimal() or int(to) not in known:
        raise refusals.NO_SUCH_VERSION(track=track, version=to, versions=", ".join(map(str, sorted(known))))
    return int(to)
