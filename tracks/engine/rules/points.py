"""The days that points of the language mean for one person: `start of praktik`, `1 month after employment` (rules R25-R31)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from definitions.model.calendar import add, back
from tracks.engine.context.inputs import running_until
from tracks.engine.context.step_runs import led, started_on
from tracks.engine.rules.obligations import planned_end

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.values import Point
    from tracks.engine.context.decision_context import Desk


class Comes(Enum):
    """How a point without a plain day stands."""

    NOT_YET = 1
    SKIPPED = 2  # the step it counts from was skipped


def exit_day(desk: Desk) -> date | None:
    """The day of exit, once there is one."""
    return desk.progress.exited


def day_of(desk: Desk, point: Point) -> tuple[date | None, Comes | None]:
    """The day a point means, or how it stands. For a skipped step the day is that of the skipping."""
    if point.anchor in ("start", "end") and point.step:
        return _of_step(desk, point, point.step)
    if point.anchor == "employment":
        since = desk.situation.employed_since()
        return (add(since, point.after) if point.after else since, None) if since else (None, Comes.NOT_YET)
    anchor = exit_day(desk) if point.anchor == "exit" else desk.progress.on("admitted")
    if anchor is None:
        return None, Comes.NOT_YET
    if point.anchor == "exit":
        return (add(anchor, point.after) if point.after else anchor), None
    return _after(desk, anchor, point)


def _after(desk: Desk, anchor: date, point: Point) -> tuple[date | None, Comes | None]:
    day = running_until(desk.progress, anchor, point.after) if point.after else anchor
    return (day, None) if day else (None, Comes.NOT_YET)


def _of_step(desk: Desk, point: Point, name: str) -> tuple[date | None, Comes | None]:
    step = desk.view.own.steps[name]
    if step.subject != "participant":
        return _of_shared_step(desk, point, name)
    n = desk.progress.attempts(name)
    ended = desk.progress.get("ended", name, n)
    if ended and ended.value["result"] == "skipped":
        return ended.effective, Comes.SKIPPED
    if point.anchor == "start":
        start = started_on(desk.progress, name, n)
        return _after(desk, start, point) if start else (None, Comes.NOT_YET)
    way = led(desk.view.own, desk.progress, step, n) if ended else None
    really = ended.effective if ended and way and way.action.kind != "retry" else None
    if point.before is None:
        return _after(desk, really, point) if really else (None, Comes.NOT_YET)
    planned = planned_end(desk, step, n) if ended is None or really else None
    days = [day for day in (back(planned, point.before) if planned else None, really) if day]
    return (min(days), None) if days else (None, Comes.NOT_YET)


def _of_shared_step(desk: Desk, point: Point, name: str) -> tuple[date | None, Comes | None]:
    prefix = "subject_started:" if point.anchor == "start" else "subject_ended:"
    days = [f.effective for (s, _, n), f in desk.view.state.fields.items() if s == name and n.startswith(prefix)]
    days = [day for day in days if day <= desk.day]
    return _after(desk, max(days), point) if days else (None, Comes.NOT_YET)
