"""The chain: which steps run, what their results lead to, which come next, and when all is done (rules R7-R24, R43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.duties import facts_owed, run_on
from tracks.entering import enter
from tracks.progress import paused_since
from tracks.runs import is_back

if TYPE_CHECKING:
    from definitions.model import Step
    from tracks.desk import Desk
    from tracks.runs import Led, Settled


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
        return settled.ready(step) is not None
    return ended is None or way is None or way.action.kind != "next" or bool(step.gives)


def not_free(desk: Desk) -> bool:
    """Whether nothing new may start: a pause, a transfer under way, or a proposal to end or to transfer (rules R5, R20, R46)."""
    progress = desk.progress
    if paused_since(progress) or (progress.get("transfer") and not progress.get("close")):
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
        if way.action.kind != "next":
            _propose(desk, step, n, way)
        elif not settled.jumps:
            return
    if desk.stops:
        return
    rounds = len(settled.jumps)
    if way and way.action.kind == "retry":
        enter(desk, step, n + 1, way.day, rounds)
    elif settled.entered_anew(step):
        enter(desk, step, n + 1, next(j.day for j in reversed(settled.jumps) if j.target == step.id), rounds)
    elif n == 0 or settled.stale(step):
        ready = settled.ready(step)
        if ready and ready <= desk.day:
            enter(desk, step, n + 1, ready, rounds)
    if way and way.action.kind == "goto" and not is_back(desk.view.own, step.id, way.action.target):
        _jump_forward(desk, settled, step, way)


def _propose(desk: Desk, step: Step, attempt: int, way: Led) -> None:
    kind = way.action.kind
    if kind == "ask":
        desk.todo("decision", step, attempt, way.day)
    elif kind in ("end", "transfer"):
        desk.todo(f"proposal:{kind}", step, attempt, way.day)


def _jump_forward(desk: Desk, settled: Settled, step: Step, way: Led) -> None:
    plan, target = desk.view.own, way.action.target or ""
    for between in plan.chain:
        fresh = desk.progress.attempts(between.id) == 0 or settled.stale(between)
        if not fresh:
            continue
        n = desk.progress.attempts(between.id)
        if plan.index[step.id] < plan.index[between.id] < plan.index[target]:
            desk.emit("step_skipped", between.id, n + 1, condition="goto", **({"round": len(settled.jumps)} if settled.jumps else {}))
        elif between.id == target:
            enter(desk, between, n + 1, way.day, len(settled.jumps))


def _complete(desk: Desk, settled: Settled) -> None:
    if desk.stops or desk.progress.get("close"):
        return
    # A step counts only when those before it do, so the ends of the chain speak for all of it.
    if all(settled.day(step.id) is not None for step in desk.view.own.ends):
        desk.emit("completed")
