"""The chain: which steps run, what their results lead to, which come next, and when all is done (rules R7-R24, R43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.step_runs import is_back
from tracks.engine.rules.obligations import facts_owed, run_on
from tracks.engine.rules.step_entry import enter, keep_place
from tracks.events.fold import paused_since
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import Desk
    from tracks.engine.context.step_runs import Led, Settled


def walk(desk: Desk) -> None:
    """Take every chain step as far as it goes on this day."""
    desk.stops = not_free(desk)
    for step in desk.view.own.sequence:
        if _may_move(desk, step):
            desk.until_still(_consider, step)
    _complete(desk, desk.settled)


def _may_move(desk: Desk, step: Step) -> bool:
    """Whether there is anything to ask of a step: most are done, or not reached, on most days."""
    settled = desk.settled
    n, ended, way = settled.latest(step)
    if settled.jumps:
        return True
    if n == 0:
        return bool(settled.ready(step) or settled.jumped_to(step))
    return ended is None or way is None or way.action.kind != "next" or bool(step.gives)


def not_free(desk: Desk) -> bool:
    """Whether nothing new may start: a pause, a transfer under way, or a proposal to end or to transfer (rules R5, R20, R46)."""
    progress = desk.progress
    if paused_since(progress) or (desk.transfer and not progress.exit):
        return True
    settled = desk.settled
    return desk.view.own.jumps and any(
        way.action.kind in ("end", "transfer") for step in desk.view.own.chain if (way := settled.latest(step).way)
    )


def _consider(desk: Desk, step: Step) -> None:
    settled = desk.settled
    n, ended, way = settled.latest(step)
    if n and ended is None:
        run_on(desk, step, n)
        return
    if way:
        if step.gives:
            facts_owed(desk, step, n)
        _propose(desk, step, n, way)
        if way.action.kind == "next" and not settled.jumps:
            return
    if desk.stops:
        keep_place(desk, step, n + 1, way.day if way else desk.day)
        return
    since = _entered(settled, step)
    if since and since <= desk.day:
        enter(desk, step, n + 1, since, len(settled.jumps))
    if way and way.action.kind == "goto":
        _skip_to(desk, settled, step, way.action.target or "")


def _entered(settled: Settled, step: Step) -> date | None:
    """The day from which a new run of a step is to be entered, if any."""
    n, _, way = settled.latest(step)
    if way and way.action.kind == "retry":
        return way.day
    if settled.entered_anew(step):
        return next(jump.day for jump in reversed(settled.jumps) if jump.target == step.id)
    if n == 0 or settled.stale(step):
        return settled.jumped_to(step) or _through(settled, step, settled.ready(step), way)
    return None


def _through(settled: Settled, step: Step, ready: date | None, way: Led | None) -> date | None:
    """The way back leads through the target again, also for a step that does not follow it otherwise."""
    if ready is None or way is None or way.action.kind != "goto" or not is_back(settled.plan, step.id, way.action.target):
        return ready
    again = settled.day(way.action.target or "")
    return max(ready, again) if again else None


def _propose(desk: Desk, step: Step, attempt: int, way: Led) -> None:
    kind = way.action.kind
    if kind == "ask":
        desk.todo("decision", step, attempt, way.day)
    elif kind in ("end", "transfer"):
        desk.todo(TodoKind("proposal", kind), step, attempt, way.day)


def _skip_to(desk: Desk, settled: Settled, step: Step, target: str) -> None:
    """A `goto` forward skips what lies between and has not begun; there is nothing between where it leads back."""
    plan = desk.view.own
    rounds = {"round": len(settled.jumps)} if settled.jumps else {}
    for between in plan.chain:
        n = desk.progress.attempts(between.id)
        if plan.index[step.id] < plan.index[between.id] < plan.index[target] and (n == 0 or settled.stale(between)):
            desk.emit("step_skipped", between.id, n + 1, condition="goto", **rounds)


def _complete(desk: Desk, settled: Settled) -> None:
    if desk.stops or desk.progress.exit:
        return
    plan = desk.view.own
    # Where no result leads elsewhere, and nothing was added behind those that had begun, a step has begun only after those
    # before it, so the ends of the chain speak for all of it.
    every = settled.leads or desk.progress.get("deviates")
    if all(settled.day(step.id) is not None for step in (plan.chain if every else plan.ends)):
        desk.emit("completed")
