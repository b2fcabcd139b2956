"""Runs of steps: what a result leads to, which steps count as ended, and which must be tried anew (rules R9, R19-R24)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from definitions.model.serialization import restore
from definitions.model.track import Action
from definitions.model.values import Length
from tracks.engine.context.situation import own_run

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.inputs import View
    from tracks.engine.context.plan import Plan
    from tracks.events.fold import Field, Progress

NEXT = Action(kind="next")
ASK = Action(kind="ask")
RETRY = Action(kind="retry")
_ASKS = frozenset({"not_passed", "not_hired", "interrupted"})
# Actions that a named person decides on (rule R20).
OPEN_WAYS = frozenset({"ask", "end", "transfer"})


class NextAction(NamedTuple):
    """What an ended run leads to, and the day from which it does."""

    action: Action
    day: date


class Jump(NamedTuple):
    """One `goto` back that was taken: from which run, to which step, on which day."""

    day: date
    place: int
    step: str
    attempt: int
    target: str
    action: Action


def as_begun(progress: Progress, step: Step, attempt: int) -> Step:
    """The step with the length and hours of a run, where the action that led to it gave its own (rule R55).

    Args:
        progress: The fold of the enrolment's stream.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The step itself for nearly every run.

    """
    started = progress.value("started", step.id, attempt) or {}
    if "length" not in started and "hours_per_week" not in started:
        return step
    length = restore(Length, started["length"]) if "length" in started else step.length
    return replace(step, length=length, hours_per_week=started.get("hours_per_week", step.hours_per_week))


def started_on(progress: Progress, step: str, attempt: int) -> date | None:
    """The day a run started: as concluded, or as a person said (`began`).

    Args:
        progress: The fold of the enrolment's stream.
        step: The step's id.
        attempt: The number of the run, from 1.

    Returns:
        The day, None for a run that has not started.

    """
    started = progress.on("started", step, attempt)
    return (progress.on("began", step, attempt) or started) if started else None


def report_of(progress: Progress, step: str, attempt: int) -> Field | None:
    """The report of a run; one about a day before the run started does not count, and ends nothing.

    Args:
        progress: The fold of the enrolment's stream.
        step: The step's id.
        attempt: The number of the run, from 1.

    Returns:
        The field of the report, if it counts.

    """
    reported = progress.get("reported", step, attempt)
    start = started_on(progress, step, attempt)
    return reported if reported and start and reported.effective >= start else None


def action_after(plan: Plan, progress: Progress, step: Step, attempt: int) -> NextAction | None:
    """What the ended run leads to: a person's decision where one is asked for, else `on_result` within its bounds, else the default.

    Args:
        plan: The person's own version.
        progress: The fold of the enrolment's stream.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The action and its day, None while the run goes on.

    """
    ended = progress.get("ended", step.id, attempt)
    if ended is None:
        return None
    way = action_by_track(plan, progress, step, attempt)
    decided = progress.get("decided", step.id, attempt)
    if decided is None and way.kind == "ask" and ended.value["result"] == "interrupted":
        # A new placement is the decision that it goes on there.
        placed = progress.get("placed", step.id, attempt + 1)
        return NextAction(RETRY, max(ended.effective, placed.effective)) if placed else NextAction(way, ended.effective)
    if decided is None or way.kind not in OPEN_WAYS:
        return NextAction(way, ended.effective)
    action: Action = restore(Action, decided.value["action"])
    # A step that her version does not have any more leads nowhere: a person decides anew.
    if action.kind == "goto" and action.target not in plan.index:
        return NextAction(way, ended.effective)
    return NextAction(action, max(ended.effective, decided.effective))


def action_by_track(plan: Plan, progress: Progress, step: Step, attempt: int) -> Action:
    """What the track says of an ended run, whatever a person decided.

    Args:
        plan: The person's own version.
        progress: The fold of the enrolment's stream.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The action, `ask` where a person decides.

    """
    result = progress.value("ended", step.id, attempt)["result"]
    if step.id in plan.predecessors:
        return NEXT if result == "skipped" else _bounded(progress, step, attempt, result)
    # Beside the chain only what a person broke off asks; what is done when needed begins again whenever somebody says so.
    asks = result == "interrupted" and not step.when_needed and report_of(progress, step.id, attempt)
    return ASK if asks else NEXT


def _bounded(progress: Progress, step: Step, attempt: int, result: str) -> Action:
    action: Action | None = (step.on_result.get(result) if step.on_result else None) or (ASK if result in _ASKS else NEXT)
    # The bound counts per enrolment and entry of `on_result`; what a person decided uses none of it (rule R23).
    used = 0
    if action and action.kind in ("goto", "retry"):
        used = sum(1 for n in range(1, attempt) if _same(progress, step.id, n, result))
    while action and action.kind in ("goto", "retry") and action.at_most and used >= action.at_most:
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
            way = action_after(plan, progress, step, attempt)
            if way and way.action.kind == "goto" and is_back(plan, step.id, way.action.target):
                found.append(Jump(way.day, plan.index[step.id], step.id, attempt, way.action.target or "", way.action))
    return sorted(found)


def is_back(plan: Plan, step: str, target: str | None) -> bool:
    """Whether a `goto` leads back: to the step itself or one written before it.

    Args:
        plan: The person's own version.
        step: The id of the step that has the `goto`.
        target: The id of the step that it leads to.

    Returns:
        Whether it leads back.

    """
    return target is not None and plan.index[target] <= plan.index[step]


def round_of(progress: Progress, step: str, attempt: int) -> int:
    """How many jumps had been taken when a run was entered.

    Args:
        progress: The fold of the enrolment's stream.
        step: The step's id.
        attempt: The number of the run, from 1.

    Returns:
        The number of jumps.

    """
    entered = progress.value("started", step, attempt) or progress.value("ended", step, attempt) or {}
    return int(entered.get("round", 0))


class LatestRun(NamedTuple):
    """The latest run of a step: its number (0 before the first), how it ended, and what that leads to."""

    attempt: int
    ended: Field | None
    way: NextAction | None


class ChainState:
    """Which chain steps count as ended on the way through, and since when; None means not yet."""

    __slots__ = ("_latest", "days", "jumps", "leads", "plan", "progress", "view")

    def __init__(self, view: View, progress: Progress) -> None:
        self.view, self.plan, self.progress = view, view.own, progress
        self.leads = view.own.jumps or _decided(progress)  # whether a result may lead elsewhere than on
        self.jumps = jumps(view.own, progress) if self.leads else []
        self.days: dict[str, date | None] = {}
        self._latest: dict[str, LatestRun] = {}

    def after_event(self, progress: Progress, step: str) -> ChainState:
        """The same after an event of one step; what was looked up of the others stays."""
        # Where results may lead elsewhere an event of one step changes what others count from.
        if self.plan.jumps or not step:
            return ChainState(self.view, progress)
        self.progress = progress
        self._latest.pop(step, None)
        self.days.clear()
        return self

    def latest(self, step: Step) -> LatestRun:
        """The latest run of a step, looked up once."""
        found = self._latest.get(step.id)
        if found is None:
            n = self.progress.attempts(step.id)
            ended = self.progress.get("ended", step.id, n) if n else None
            found = LatestRun(n, ended, action_after(self.plan, self.progress, step, n) if ended else None)
            self._latest[step.id] = found
        return found

    def is_reentered(self, step: Step) -> bool:
        """Whether the step is the target of a jump that came after its latest run was entered."""
        if not self.jumps:
            return False
        since = round_of(self.progress, step.id, self.latest(step).attempt)
        return any(jump.target == step.id for jump in self.jumps[since:])

    def is_stale(self, step: Step) -> bool:
        """Whether a closed run must be tried anew, because a jump went back to something it follows (rule R22)."""
        if not self.jumps:
            return False
        n, ended, way = self.latest(step)
        if way is None or ended is None:
            return False
        # What had led on is not run again by a jump back (rule R22).
        if way.action.kind == "next" and ended.value["result"] != "skipped":
            return False
        since = round_of(self.progress, step.id, n)
        return any(step.id in self.plan.followers.get(jump.target, ()) or jump.step == step.id for jump in self.jumps[since:])

    def jumped_to(self, step: Step) -> NextAction | None:
        """A `goto` forward to a step, which then waits for no predecessor (rule R22)."""
        if not self.leads:
            return None
        for other in self.plan.chain:
            way = self.latest(other).way
            if way and way.action.kind == "goto" and way.action.target == step.id and not is_back(self.plan, other.id, step.id):
                return way
        return None

    def own_end(self, step: Step) -> date | None:
        """The day on which the step's latest run let the chain go on, if it has."""
        way = self.latest(step).way
        if way is None or (self.jumps and (self.is_stale(step) or self.is_reentered(step))):
            return None
        if way.action.kind == "next":
            return way.day
        forward = way.action.kind == "goto" and not is_back(self.plan, step.id, way.action.target)
        return way.day if forward else None

    def ready_day(self, step: Step) -> date | None:
        """The day the last of the predecessors ended or was skipped; admission where there is none (rule R9)."""
        latest = self.progress.on("admitted")
        for name in self.plan.predecessors[step.id]:
            day = self.end_day(name)
            if day is None or latest is None:
                return None
            latest = max(latest, day)
        return latest

    def end_day(self, name: str) -> date | None:
        """The day from which a step counts as ended, for those that follow it."""
        if name not in self.days:
            self.days[name] = self._work_out(self.plan.steps[name])
        return self.days[name]

    def _work_out(self, step: Step) -> date | None:
        if step.id not in self.plan.predecessors:
            way = self.latest(step).way
            if step.subject == "participant":
                return way.day if way and way.action.kind == "next" else None
            ended = own_run(self.view, self.progress, step, "subject_ended")
            return ended.effective if ended else None
        latest = self.own_end(step)
        if not self.jumps:
            return latest
        for name in self.plan.predecessors[step.id]:
            before = self.end_day(name) if latest else None
            if before is None or latest is None:
                return None
            latest = max(latest, before)
        return latest


def _decided(progress: Progress) -> bool:
    return any(name == "decided" for _, _, name in progress.fields)
