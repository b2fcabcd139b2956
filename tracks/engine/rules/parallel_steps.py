"""Steps beside the chain: between two points, alongside another step, when needed, or after exit (rules R25-R31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.calendar import add
from definitions.model.exit_order import outlives_exit
from definitions.model.values import Point
from tracks.engine.context.run_ends import breaks_off, broken_by_exit
from tracks.engine.context.situation import WORK, employed_since, lost_work
from tracks.engine.context.step_runs import action_after, report_of, started_on
from tracks.engine.rules.employers import remind_of_employer
from tracks.engine.rules.obligations import Silence, ask_for_report, planned_end, remind_of_contacts, remind_of_facts
from tracks.engine.rules.points import PointState, day_of_point, exit_day
from tracks.engine.rules.step_entry import claim_held_place, enter_step, keep_held_place

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext


def decide_parallel_steps(context: DecisionContext) -> None:
    """Begin and end the steps beside the chain, during the track and after exit."""
    for step in context.view.own.parallel:
        context.repeat(_consider, step)


def _consider(context: DecisionContext, step: Step) -> None:
    n = context.progress.attempts(step.id)
    if n and not context.progress.get("ended", step.id, n):
        _run_on(context, step, n)
        return
    way = action_after(context.view.own, context.progress, step, n) if n else None
    if way and exit_day(context) is None:
        remind_of_facts(context, step, n)
        if way.action.kind == "ask" and not context.has_come(_until(context, step)[0]):
            context.todo("decision", step, n, way.day)
    _begin(context, step, n)


def last_follow_up(context: DecisionContext) -> date | None:
    """The day of the last follow-up."""
    out = exit_day(context)
    return max((add(out, length) if length else out for length in context.view.own.track.follow_up), default=out) if out else None


def _outlived(context: DecisionContext, step: Step) -> date | None:
    """The day on which exit ends a step, or keeps one from beginning (rule R30); None where it does not, or not yet.

    It is known late where an outcome had to be waited for. An employment after exit carries the step on until it ends.
    """
    out = exit_day(context)
    if out is None or not outlives_exit(step):
        return out
    if context.situation.employed_since():
        return None
    if context.situation.outcome() == "unknown" and not context.has_come(last_follow_up(context)):
        return None
    return max(out, lost_work(context.situation.outcomes()) or out)


def _until(context: DecisionContext, step: Step) -> tuple[date | None, bool]:
    """The day that `until` gives, and whether what it counts from was broken off (rule R26)."""
    # Written out, the exit is what it is unwritten.
    if step.until in (None, Point("exit")):
        out = context.progress.exit
        goes_on = step.until is None and outlives_exit(step)
        return None if goes_on else exit_day(context), bool(out and broken_by_exit(step, out))
    day, _ = day_of_point(context, step, step.until)
    other = context.view.own.steps.get(step.until.step or "")
    ended = context.progress.value("ended", other.id, context.progress.attempts(other.id)) if other else None
    return day, bool(step.until.anchor == "end" and other and ended and breaks_off(other, ended["result"]))


def _run_on(context: DecisionContext, step: Step, attempt: int) -> None:
    reported = report_of(context.progress, step.id, attempt)
    start = started_on(context.progress, step.id, attempt)
    if reported:
        context.emit("step_completed", step.id, attempt, result=reported.value["result"])
        return
    if end := _end(context, step, attempt):
        day, result = end
        context.emit_on(day, "step_completed", step.id, attempt, result=result)
    elif start:
        claim_held_place(context, step, attempt, start)
        remind_of_employer(context, step, attempt, start)
        if exit_day(context) is None or context.situation.employed_since():
            silence = _silence(context)
            remind_of_contacts(context, step, attempt, start, silence)
            ask_for_report(context, step, attempt, start, silence)


def _silence(context: DecisionContext) -> Silence | None:
    """The days on which a step that outlives the exit did not know that it goes on: until the first employment after it, if none was."""
    out, said = exit_day(context), context.situation.outcomes()
    if out is None or employed_since([one for one in said if one.day <= out]):
        return None
    return next((Silence(out, one.day) for one in said if one.day > out and one.what in WORK), None)


def _end(context: DecisionContext, step: Step, attempt: int) -> tuple[date, str] | None:
    """The day on which a run ends by itself, and its result: done only where it came to an end of its own (rules R25, R26, R30)."""
    until, broken = _until(context, step)
    planned, out = planned_end(context, step, attempt), context.progress.exit
    if context.has_come(until):
        day = context.day
    elif out and (over := _outlived(context, step)):
        day, broken = over, over > out.effective or broken_by_exit(step, out)
    elif context.has_come(planned):
        day = context.day
    else:
        return None
    return day, "interrupted" if broken and not (planned and planned <= day) else "done"


def _begin(context: DecisionContext, step: Step, attempt: int) -> None:
    if step.when_needed:
        if context.progress.get("began", step.id, attempt + 1) and not context.stops and exit_day(context) is None:
            enter_step(context, step, attempt + 1, context.day)
        return
    came = _coming(context, step, attempt)
    if came is None:
        if attempt == 0 and (over := _outlived(context, step)):
            context.emit_on(over, "step_skipped", step.id, 1, condition="exit")
        return
    day, of, skipped = came
    until, _ = _until(context, step)
    # The order decides the word that stands in the log: the other step, the exit, then `until`.
    over = _outlived(context, step)
    if skipped or over or context.has_come(until):
        reason = "from" if skipped else "exit" if over else "until"
        context.emit_on(over or context.day, "step_skipped", step.id, attempt + 1, condition=reason, **({"of": of} if of > 1 else {}))
    elif context.stops:
        keep_held_place(context, step, attempt + 1, day)
    else:
        enter_step(context, step, attempt + 1, day, of=of)


def _coming(context: DecisionContext, step: Step, attempt: int) -> tuple[date, int, bool] | None:
    """The day a new run should begin, the run of the other step that it belongs to, and whether that was skipped."""
    point = step.begins
    of = context.progress.attempts(point.step) if point and point.step else 1
    way = action_after(context.view.own, context.progress, step, attempt) if attempt else None
    if way and way.action.kind == "retry":
        return way.day, of, False
    if attempt and not _again(context, step, attempt, of):
        return None
    day, how = (context.progress.on("admitted"), None) if point is None else day_of_point(context, step, point)
    if how is PointState.NOT_YET or not context.has_come(day) or day is None:
        return None
    return day, of, how is PointState.SKIPPED


def _again(context: DecisionContext, step: Step, attempt: int, of: int) -> bool:
    """Whether the step in `from` has a new run since this one ended (rule R26)."""
    marks = context.progress.value("started", step.id, attempt) or context.progress.value("ended", step.id, attempt) or {}
    ended = context.progress.on("ended", step.id, attempt)
    point = step.begins
    if point is None or point.step is None or of <= marks.get("of", 1) or ended is None:
        return False
    entered = started_on(context.progress, point.step, of) or context.progress.on("ended", point.step, of)
    return bool(entered and entered >= ended)
