"""Steps beside the chain: between two points, alongside another step, when needed, or after exit (rules R25-R31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.calendar import add
from tracks.engine.context.situation import lost_work
from tracks.engine.context.step_runs import report_of, started_on
from tracks.engine.rules.obligations import contacts, facts_owed, planned_end
from tracks.engine.rules.points import Comes, day_of, exit_day
from tracks.engine.rules.step_entry import employer_owed, enter, hold, keep_place

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import Desk


def accompany(desk: Desk) -> None:
    """Begin and end the steps beside the chain, during the track and after exit."""
    for step in desk.view.own.beside:
        desk.until_still(_consider, step)


def _consider(desk: Desk, step: Step) -> None:
    n = desk.progress.attempts(step.id)
    if n and not desk.progress.get("ended", step.id, n):
        _run_on(desk, step, n)
        return
    if n and exit_day(desk) is None:
        facts_owed(desk, step, n)
    _begin(desk, step, n)


def by_employment(step: Step) -> bool:
    """Whether a step counts from employment, and so may outlive the exit (rule R30)."""
    return any(point is not None and point.anchor == "employment" for point in (step.begins, step.until))


def last_follow_up(desk: Desk) -> date | None:
    """The day of the last follow-up."""
    out = exit_day(desk)
    return max((add(out, length) if length else out for length in desk.view.own.track.follow_up), default=out) if out else None


def _outlived(desk: Desk, step: Step) -> date | None:
    """The day on which exit ends a step, or keeps one from beginning (rule R30); None where it does not, or not yet.

    It is known late where an outcome had to be waited for. An employment after exit carries the step on until it ends.
    """
    out = exit_day(desk)
    if out is None or not by_employment(step):
        return out
    if desk.situation.employed_since():
        return None
    if desk.situation.outcome() == "unknown" and not desk.comes(last_follow_up(desk)):
        return None
    return max(out, lost_work(desk.situation.said()) or out)


def _until(desk: Desk, step: Step) -> tuple[date | None, bool]:
    """The day that `until` gives, and whether the step it counts from was interrupted (rule R26)."""
    if step.until is None:
        return exit_day(desk), False
    day, _ = day_of(desk, step.until)
    ended = desk.progress.value("ended", step.until.step or "", desk.progress.attempts(step.until.step or ""))
    return day, bool(step.until.anchor == "end" and ended and ended["result"] == "interrupted")


def _run_on(desk: Desk, step: Step, attempt: int) -> None:
    reported = report_of(desk.progress, step.id, attempt)
    start = started_on(desk.progress, step.id, attempt)
    if reported:
        desk.emit("step_completed", step.id, attempt, result=reported.value["result"])
        return
    until, interrupted = _until(desk, step)
    if desk.comes(until):
        desk.emit("step_completed", step.id, attempt, result="interrupted" if interrupted else "done")
    elif over := _outlived(desk, step):
        desk.emit_on(over, "step_completed", step.id, attempt, result="done")
    elif desk.comes(planned_end(desk, step, attempt)):
        desk.emit("step_completed", step.id, attempt, result="done")
    elif start:
        hold(desk, step, attempt, start)
        employer_owed(desk, step, attempt, start)
        if exit_day(desk) is None or desk.situation.employed_since():
            contacts(desk, step, attempt, start)


def _begin(desk: Desk, step: Step, attempt: int) -> None:
    if step.when_needed:
        if desk.progress.get("began", step.id, attempt + 1) and not desk.stops and exit_day(desk) is None:
            enter(desk, step, attempt + 1, desk.day)
        return
    came = _coming(desk, step, attempt)
    if came is None:
        if attempt == 0 and (over := _outlived(desk, step)):
            desk.emit_on(over, "step_skipped", step.id, 1, condition="exit")
        return
    day, of, skipped = came
    until, _ = _until(desk, step)
    over = _outlived(desk, step)
    if skipped or over or desk.comes(until):
        reason = "from" if skipped else "exit" if over else "until"
        desk.emit_on(over or desk.day, "step_skipped", step.id, attempt + 1, condition=reason, **({"of": of} if of > 1 else {}))
    elif desk.stops:
        keep_place(desk, step, attempt + 1, day)
    else:
        enter(desk, step, attempt + 1, day, of=of)


def _coming(desk: Desk, step: Step, attempt: int) -> tuple[date, int, bool] | None:
    """The day a new run should begin, the run of the other step that it belongs to, and whether that was skipped."""
    point = step.begins
    of = desk.progress.attempts(point.step) if point and point.step else 1
    if attempt and not _again(desk, step, attempt, of):
        return None
    day, how = (desk.progress.on("admitted"), None) if point is None else day_of(desk, point)
    if how is Comes.NOT_YET or not desk.comes(day) or day is None:
        return None
    return day, of, how is Comes.SKIPPED


def _again(desk: Desk, step: Step, attempt: int, of: int) -> bool:
    """Whether the step in `from` has a new run since this one ended (rule R26)."""
    marks = desk.progress.value("started", step.id, attempt) or desk.progress.value("ended", step.id, attempt) or {}
    ended = desk.progress.on("ended", step.id, attempt)
    point = step.begins
    if point is None or point.step is None or of <= marks.get("of", 1) or ended is None:
        return False
    entered = started_on(desk.progress, point.step, of) or desk.progress.on("ended", point.step, of)
    return bool(entered and entered >= ended)
