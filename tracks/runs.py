"""Runs of steps: what a result leads to, which steps count as ended, and which must be tried anew (rules R9, R19-R24)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from definitions.model import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.model import Step
    from tracks.plan import Plan
    from tracks.progress import Progress
    from tracks.view import View

NEXT = Action(kind="next")
ASK = Action(kind="ask")
_ASKS = frozenset({"not_passed", "not_hired", "interrupted"})


class Led(NamedTuple):
    """What an ended run leads to, and the day from which it does."""

    action: Action
    day: date


class Jump(NamedTuple):
    """One `goto` back that was taken: from which run, to which step, on which day."""

    day: date
    index: int
    step: str
    attempt: int
    target: str


def started_on(progress: Progress, step: str, attempt: int) -> date | None:
    """The day a run started: as concluded, or as a person said (`began`)."""
    started = progress.on("started", step, attempt)
    return (progress.on("began", step, attempt) or started) if started else None


def led(plan: Plan, progress: Progress, step: Step, attempt: int) -> Led | None:
    """What the ended run leads to: a person's decision, else `on_result` within its bounds, else the default."""
    ended = progress.get("ended", step.id, attempt)
    if ended is None:
        return None
    decided = progress.get("decided", step.id, attempt)
    if decided is not None:
        return Led(Action.model_validate(decided.value["action"]), max(ended.effective, decided.effective))
    if step.beside or ended.value["result"] == "skipped":
        return Led(NEXT, ended.effective)
    return Led(_bounded(progress, step, attempt, ended.value["result"]), ended.effective)


def _bounded(progress: Progress, step: Step, attempt: int, result: str) -> Action:
    action: Action | None = step.on_result.get(result) or (ASK if result in _ASKS else NEXT)
    used = 0
    if action and action.kind in ("goto", "retry"):
        used = sum(1 for n in range(1, attempt) if _same(progress, step.id, n, result))
    while action and action.kind in ("goto", "retry") and used >= action.at_most:
        used -= action.at_most
        action = action.then
    return action or ASK


def _same(progress: Progress, step: str, attempt: int, result: str) -> bool:
    ended = progress.value("ended", step, attempt)
    return bool(ended and ended["result"] == result and not progress.get("decided", step, attempt))


def jumps(plan: Plan, progress: Progress) -> list[Jump]:
    """Every `goto` back taken so far, in a reproducible order."""
    found = []
    for step in plan.chain:
        for attempt in range(1, progress.attempts(step.id) + 1):
            way = led(plan, progress, step, attempt)
            if way and way.action.kind == "goto" and is_back(plan, step.id, way.action.target):
                found.append(Jump(way.day, plan.index[step.id], step.id, attempt, way.action.target or ""))
    return sorted(found)


def is_back(plan: Plan, step: str, target: str | None) -> bool:
    """Whether a `goto` leads back: to the step itself or one written before it."""
    return target is not None and plan.index[target] <= plan.index[step]


def round_of(progress: Progress, step: str, attempt: int) -> int:
    """How many jumps had been taken when a run was entered."""
    entered = progress.value("started", step, attempt) or progress.value("ended", step, attempt) or {}
    return int(entered.get("round", 0))


class Settled:
    """Which chain steps count as ended on the way through, and since when; None means not yet."""

    __slots__ = ("days", "jumps", "plan", "progress", "view")

    def __init__(self, view: View, progress: Progress) -> None:
        self.view, self.plan, self.progress = view, view.own, progress
        self.jumps = jumps(view.own, progress) if any(s.on_result for s in view.own.chain) or _decided(progress) else []
        self.days: dict[str, date | None] = {}

    def entered_anew(self, step: str) -> bool:
        """Whether the step is the target of a jump that came after its latest run was entered."""
        n = self.progress.attempts(step)
        since = round_of(self.progress, step, n)
        return any(jump.target == step for jump in self.jumps[since:])

    def stale(self, step: Step) -> bool:
        """Whether a closed run must be tried anew, because a jump went back to something it follows (rule R22)."""
        if not self.jumps:
            return False
        n = self.progress.attempts(step.id)
        way = led(self.plan, self.progress, step, n) if n else None
        if way is None:
            return False
        ended = self.progress.value("ended", step.id, n)
        if way.action.kind == "next" and ended["result"] != "skipped":
            return False
        since = round_of(self.progress, step.id, n)
        return any(step.id in self.plan.followers.get(jump.target, ()) for jump in self.jumps[since:])

    def own(self, step: Step) -> date | None:
        """The day on which the step's latest run let the chain go on, if it has."""
        n = self.progress.attempts(step.id)
        way = led(self.plan, self.progress, step, n) if n else None
        if way is None or self.stale(step) or self.entered_anew(step.id):
            return None
        forward = way.action.kind == "goto" and not is_back(self.plan, step.id, way.action.target)
        return way.day if way.action.kind == "next" or forward else None

    def ready(self, step: Step) -> date | None:
        """The day the last of the predecessors ended or was skipped; admission where there is none (rule R9)."""
        latest = self.progress.on("admitted")
        for name in self.plan.predecessors[step.id]:
            day = self.day(name)
            if day is None or latest is None:
                return None
            latest = max(latest, day)
        return latest

    def day(self, name: str) -> date | None:
        """The day from which a step counts as ended, for those that follow it."""
        if name not in self.days:
            self.days[name] = self._work_out(self.plan.steps[name])
        return self.days[name]

    def _work_out(self, step: Step) -> date | None:
        if step.subject != "participant":
            return self._shared_end(step)
        if step.beside:
            return self.progress.on("ended", step.id, self.progress.attempts(step.id))
        own = self.own(step)
        if own is None:
            return None
        before = [self.day(name) for name in self.plan.predecessors[step.id]]
        return None if None in before else max([own, *(day for day in before if day)])

    def _shared_end(self, step: Step) -> date | None:
        ends = [f.effective for (s, _, n), f in self.view.state.fields.items() if s == step.id and n.startswith("subject_ended:")]
        return max(ends, default=None)


def _decided(progress: Progress) -> bool:
    return any(name == "decided" for _, _, name in progress.fields)


def leads(plan: Plan, progress: Progress) -> Mapping[str, Led]:
    """What the latest ended run of each chain step leads to."""
    found = {}
    for step in plan.chain:
        n = progress.attempts(step.id)
        way = led(plan, progress, step, n) if n else None
        if way:
            found[step.id] = way
    return found
