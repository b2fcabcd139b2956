"""The chain: which steps run, what their results lead to, which come next, and when all is done (rules R7-R24, R43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.step_runs import NEXT, OPEN_WAYS, NextAction, is_back
from tracks.engine.rules.employers import ask_whose
from tracks.engine.rules.obligations import continue_run, remind_of_facts
from tracks.engine.rules.step_entry import enter_step, keep_held_place
from tracks.events.fold import paused_since
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext
    from tracks.engine.context.step_runs import ChainState


def decide_chain(context: DecisionContext) -> None:
    """Take every chain step as far as it goes on this day."""
    context.stops = starts_blocked(context)
    # In this order a step is asked after those it waits for, so one pass takes the chain as far as it goes.
    for step in context.view.own.sequence:
        if _may_move(context, step):
            context.repeat(_consider, step)
    _complete(context, context.chain)


def _may_move(context: DecisionContext, step: Step) -> bool:
    """Whether there is anything to ask of a step: most are done, or not reached, on most days."""
    chain = context.chain
    # A jump back may open any step again.
    n, ended, way = chain.latest(step)
    if chain.jumps:
        return True
    if n == 0:
        return bool(chain.ready_day(step) or chain.jumped_to(step) or _employers_before(context, step))
    return ended is None or way is None or way.action.kind != "next" or bool(step.gives)


def _employers_before(context: DecisionContext, step: Step) -> list[str]:
    """The steps of employers that a step waits for."""
    plan = context.view.own
    return [name for name in plan.predecessors[step.id] if plan.steps[name].subject == "employer"] if plan.shared else []


def starts_blocked(context: DecisionContext) -> bool:
    """Whether nothing new may start, whatever holds it."""
    return next(what_blocks(context), None) is not None


def what_blocks(context: DecisionContext) -> Iterator[str]:
    """What keeps anything new from starting: a pause, a transfer under way, a proposal to end or to transfer (rules R5, R20, R46)."""
    progress = context.progress
    if paused_since(progress):
        yield "pause"
    if _under_way(context):
        yield "transfer"
    ways = [way for step in context.view.own.chain if (way := context.chain.latest(step).way)] if context.view.own.jumps else []
    if any(way.action.kind != "ask" and asks(context, way) for way in ways):
        yield "proposal"


def _under_way(context: DecisionContext) -> bool:
    return bool(context.transfer and not context.progress.exit)


def asks(context: DecisionContext, way: NextAction) -> bool:
    """Whether what a result leads to asks a person: the transfer that is under way answers a proposal to transfer."""
    return way.action.kind in OPEN_WAYS and not (way.action.kind == "transfer" and _under_way(context))


def _consider(context: DecisionContext, step: Step) -> None:
    chain = context.chain
    n, ended, way = chain.latest(step)
    if n and ended is None:
        continue_run(context, step, n)
        return
    if way:
        if step.gives:
            remind_of_facts(context, step, n)
        _propose(context, step, n, way)
        if way.action.kind == "next" and not chain.jumps:
            return
    if context.stops:
        keep_held_place(context, step, n + 1, way.day if way else context.day)
        return
    led = _entered(chain, step)
    if led and context.has_come(led.day):
        enter_step(context, step, n + 1, led.day, len(chain.jumps), led=led.action)
    else:
        _ask_whose(context, step)
    if way and way.action.kind == "goto":
        _skip_to(context, chain, step, way.action.target or "")


def _ask_whose(context: DecisionContext, step: Step) -> None:
    """A step that waits for an employer's alone waits for nobody where the employer is not known."""
    employers = _employers_before(context, step)
    days = [context.chain.end_day(name) for name in context.view.own.predecessors[step.id] if name not in employers]
    known = [day for day in (*days, context.progress.on("admitted")) if day]
    if employers and len(known) > len(days):
        ask_whose(context, step, max(known))


def _entered(chain: ChainState, step: Step) -> NextAction | None:
    """What leads to a new run of a step, and the day from which it is to be entered, if any."""
    n, _, way = chain.latest(step)
    if way and way.action.kind == "retry":
        return way
    if chain.is_reentered(step):
        jump = next(jump for jump in reversed(chain.jumps) if jump.target == step.id)
        return NextAction(jump.action, jump.day)
    if n == 0 or chain.is_stale(step):
        day = _through(chain, step, chain.ready_day(step), way)
        return chain.jumped_to(step) or (NextAction(NEXT, day) if day else None)
    return None


def _through(chain: ChainState, step: Step, ready: date | None, way: NextAction | None) -> date | None:
    """The way back leads through the target again, also for a step that does not follow it otherwise."""
    if ready is None or way is None or way.action.kind != "goto" or not is_back(chain.plan, step.id, way.action.target):
        return ready
    again = chain.end_day(way.action.target or "")
    return max(ready, again) if again else None


def _propose(context: DecisionContext, step: Step, attempt: int, way: NextAction) -> None:
    kind = way.action.kind
    if kind == "ask":
        context.todo("decision", step, attempt, way.day)
    elif asks(context, way):
        context.todo(TodoKind("proposal", kind), step, attempt, way.day)


def _skip_to(context: DecisionContext, chain: ChainState, step: Step, target: str) -> None:
    """A `goto` forward skips what lies between and has not begun; there is nothing between where it leads back."""
    plan = context.view.own
    rounds = {"round": len(chain.jumps)} if chain.jumps else {}
    for between in plan.chain:
        n = context.progress.attempts(between.id)
        if plan.index[step.id] < plan.index[between.id] < plan.index[target] and (n == 0 or chain.is_stale(between)):
            context.emit("step_skipped", between.id, n + 1, condition="goto", **rounds)


def _complete(context: DecisionContext, chain: ChainState) -> None:
    if context.stops or context.progress.exit:
        return
    plan = context.view.own
    # Where no result leads elsewhere, and nothing was added behind those that had begun, a step has begun only after those
    # before it, so the ends of the chain speak for all of it.
    every = chain.leads or context.progress.get("deviates")
    if all(chain.end_day(step.id) is not None for step in (plan.chain if every else plan.ends)):
        context.emit("completed")
