"""The days that points of the language mean for one person: `start of praktik`, `1 month after employment` (rules R25-R31)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from definitions.model.calendar import add, back
from tracks.engine.context.inputs import running_until
from tracks.engine.context.situation import own_run
from tracks.engine.context.step_runs import action_after, started_on
from tracks.engine.rules.obligations import planned_end

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from definitions.model.values import Point
    from tracks.engine.context.decision_context import DecisionContext


class PointState(Enum):
    """How a point without a plain day stands."""

    NOT_YET = 1
    SKIPPED = 2  # the step it counts from was skipped


def exit_day(context: DecisionContext) -> date | None:
    """The day of exit, once there is one."""
    return context.progress.exited


def day_of_point(context: DecisionContext, step: Step, point: Point) -> tuple[date | None, PointState | None]:
    """The day a point means, or how it stands. For a skipped step the day is that of the skipping.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step that begins or ends there; pauses move its days or not (rule R56).
        point: The point.

    Returns:
        The day, or else how it stands.

    """
    moves = step.pauses_move
    if point.anchor in ("start", "end") and point.step:
        return _of_step(context, point, point.step, moves=moves)
    if point.anchor == "employment":
        since = context.situation.employed_since()
        return (add(since, point.after) if point.after else since, None) if since else (None, PointState.NOT_YET)
    anchor = exit_day(context) if point.anchor == "exit" else context.progress.on("admitted")
    if anchor is None:
        return None, PointState.NOT_YET
    if point.anchor == "exit":
        return (add(anchor, point.after) if point.after else anchor), None
    return _after(context, anchor, point, moves=moves)


def _after(context: DecisionContext, anchor: date, point: Point, *, moves: bool) -> tuple[date | None, PointState | None]:
    day = running_until(context.progress, anchor, point.after, moves=moves) if point.after else anchor
    return (day, None) if day else (None, PointState.NOT_YET)


def _of_step(context: DecisionContext, point: Point, name: str, *, moves: bool) -> tuple[date | None, PointState | None]:
    step = context.view.own.steps[name]
    if step.subject != "participant":
        ran = own_run(context.view, context.progress, step, "subject_started" if point.anchor == "start" else "subject_ended")
        return _after(context, ran.effective, point, moves=moves) if ran and context.has_come(ran.effective) else (None, PointState.NOT_YET)
    n = context.progress.attempts(name)
    ended = context.progress.get("ended", name, n)
    if ended and ended.value["result"] == "skipped":
        return ended.effective, PointState.SKIPPED
    if point.anchor == "start":
        start = started_on(context.progress, name, n)
        return _after(context, start, point, moves=moves) if start else (None, PointState.NOT_YET)
    way = action_after(context.view.own, context.progress, step, n) if ended else None
    # A run that is to be repeated has not ended yet, as the chain counts (rule R9).
    really = ended.effective if ended and way and way.action.kind != "retry" else None
    if point.before is None:
        return _after(context, really, point, moves=moves) if really else (None, PointState.NOT_YET)
    planned = planned_end(context, step, n) if ended is None or really else None
    days = [day for day in (back(planned, point.before) if planned else None, really) if day]
    return (min(days), None) if days else (None, PointState.NOT_YET)
