"""Why a step is not further: asks, one by one and in the order of rule R10, what would have to be so. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.engine.context.labels import names_of
from tracks.engine.context.situation import at_employers, awaits_outcome, common_start, employers_meant, own_run
from tracks.engine.context.step_runs import action_after, report_of, started_on
from tracks.engine.rules.allocation import capacity, count_held, with_room
from tracks.engine.rules.chain import starts_blocked, what_blocks
from tracks.engine.rules.employers import employer_of, possible_employers, requirement_met
from tracks.engine.rules.obligations import report_deadline
from tracks.engine.rules.points import day_of_point
from tracks.engine.rules.step_entry import holds_place, place_needed
from tracks.events.fold import choosers
from tracks.events.resources import EmployerStart
from tracks.events.roles import owner_role
from tracks.events.todos import TodoKind
from tracks.queries.explain.known_facts import names_asked
from tracks.queries.explain.queues import place_of, place_values, step_line
from tracks.queries.planned import planned_end
from tracks.recording.refusals import UNKNOWN_STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment


ENGINE: Final = "engine"


class Reason(NamedTuple):
    """One thing that is waited for. `who` can change it: a partner, the owner, or `engine` where only time must pass."""

    code: str
    step: str = ""
    since: date | None = None
    until: date | None = None
    who: str = ""
    values: Mapping[str, Any] = {}


class StepWhy(NamedTuple):
    """What reasons on steps are asked from."""

    context: DecisionContext
    rows: Sequence[Row]
    one: Enrolment


def step_reasons(ask: StepWhy) -> Iterator[Reason]:
    """The steps that go on, that ask for a decision, and that are ready but wait."""
    for step in ask.context.view.own.track.steps:
        if step.subject != "participant":
            continue
        yield from running(ask, step)
        yield from _proposal(ask, step)
        yield from _waiting(ask, step, only_ready=True)


def about(ask: StepWhy, name: str) -> Iterator[Reason]:
    """All there is to say of one step. Raises UNKNOWN_STEP."""
    steps = ask.context.view.own.steps
    if name not in steps:
        raise UNKNOWN_STEP(track=ask.one.track, step=name, steps=", ".join(steps))
    step = steps[name]
    if step.subject != "participant":
        yield Reason("shared", step.id, who=ask.context.role(step))
        return
    found = [*running(ask, step), *_proposal(ask, step), *_waiting(ask, step, only_ready=False)]
    yield from found or _done(ask, step)


def contacts(one: Enrolment) -> Iterator[Reason]:
    """The contacts that are due."""
    for todo in one.todos:
        if todo.kind == "contact":
            yield Reason("contact", todo.step, since=todo.since, until=todo.due, who=todo.role)


def running(ask: StepWhy, step: Step) -> Iterator[Reason]:
    """A step that goes on, or whose report is awaited."""
    progress = ask.context.progress
    n = progress.attempts(step.id)
    start = started_on(progress, step.id, n) if n else None
    # What is reported already needs no other report; it ends at the next advance.
    if start is None or progress.get("ended", step.id, n) or report_of(progress, step.id, n):
        return
    if awaits_outcome(progress):
        yield Reason("awaits_outcome", step.id, since=progress.exited, who=ask.context.owner)
        return
    # A run that its report ends has a last day for that, on a working day (rule R4).
    by_time = step.beside or step.type == "stöd"
    until = planned_end(progress, names_of(ask.context.view.own), step.id, n) if by_time else report_deadline(ask.context, step, n)
    due = progress.get("report_due", step.id, n)
    code = "report" if due else "running"
    yield Reason(code, step.id, since=start, until=until, who=ENGINE if by_time and until else ask.context.role(step))
    for todo in ask.one.todos:
        if todo.kind in ("employer_left", "placement") and (todo.step, todo.attempt) == (step.id, n):
            yield Reason("employer_left" if todo.kind == "employer_left" else "unplaced", step.id, since=todo.since, who=todo.role)


def _proposal(ask: StepWhy, step: Step) -> Iterator[Reason]:
    """What somebody must decide after the step, as the worklist asks it: also where the engine has not yet written that it ended."""
    for todo in ask.one.todos:
        base, action = TodoKind.parse(todo.kind)
        if todo.step != step.id or base not in ("decision", "proposal"):
            continue
        ended = ask.context.progress.get("ended", step.id, todo.attempt) or report_of(ask.context.progress, step.id, todo.attempt)
        values: dict[str, Any] = {"result": ended.value["result"]} if ended else {}
        if action == "transfer":
            values |= _barred(ask.context, step, todo.attempt)
        code = f"proposal.{action}" if action else "decision"
        yield Reason(code, step.id, since=todo.since, who=todo.role, values=values)


def _barred(context: DecisionContext, step: Step, attempt: int) -> dict[str, Any]:
    """What the transfer that a result proposes requires and is not known to be so; nothing where it is open."""
    way = action_after(context.view.own, context.progress, step, attempt)
    name = (way.action.target if way else None) or ""
    requires = context.view.own.transfers.get(name)
    met = requires.holds(context.situation) if requires else True
    if requires is None or met is True:
        return {}
    return {"transfer": name, "unknown": met is None, "rule": "; ".join(requires.failing(context.situation))}


class EnterableRun(NamedTuple):
    """A run of a step that could be entered: its number, and the day from which it is ready (None: not yet)."""

    step: Step
    attempt: int
    ready: date | None


def _entry(context: DecisionContext, step: Step) -> EnterableRun | None:
    """The next run of a chain step, where there is to be one."""
    n, ended, way = context.chain.latest(step)
    if n and ended is None:
        return None
    if way and way.action.kind == "retry":
        return EnterableRun(step, n + 1, way.day)
    if context.chain.is_reentered(step):
        return EnterableRun(step, n + 1, next(jump.day for jump in reversed(context.chain.jumps) if jump.target == step.id))
    return EnterableRun(step, n + 1, context.chain.ready_day(step)) if n == 0 or context.chain.is_stale(step) else None


def _waiting(ask: StepWhy, step: Step, *, only_ready: bool) -> Iterator[Reason]:
    """What a run that has not been entered waits for."""
    if ask.context.progress.status not in ("active", "paused"):
        return
    found = list(_not_entered(ask, step, only_ready=only_ready))
    yield from found
    # What waits for the step of her own employer asks for the placement that says which that is.
    run = ("placement", step.id, ask.context.progress.attempts(step.id) + 1)
    for todo in ask.one.todos if all(one.code != "placement" for one in found) else ():
        if todo[:3] == run:
            yield _placement(ask.context, step, todo.since)


def _not_entered(ask: StepWhy, step: Step, *, only_ready: bool) -> Iterator[Reason]:
    context = ask.context
    if step.beside:
        n, ended, way = context.chain.latest(step)
        if n == 0 or (step.when_needed and ended):
            yield from _beside(ask, step, only_ready=only_ready)
        elif way and way.action.kind == "retry" and not starts_blocked(context):
            yield from _ready(ask, EnterableRun(step, n + 1, way.day), way.day)
        return
    entry = _entry(context, step)
    if entry is None:
        return
    if entry.ready is None:
        yield from _before(ask, step, only_ready=only_ready)
    else:
        yield from _startable(ask, entry, entry.ready)


def _startable(ask: StepWhy, entry: EnterableRun, ready: date) -> Iterator[Reason]:
    """What keeps a step from starting whose turn has come: what stops all, with what is missing besides; else what it waits for."""
    stopped = _stopped(ask.context, entry)
    yield from stopped
    yield from (one for one in _ready(ask, entry, ready) if not stopped or one.code in _MISSING)


_MISSING: Final = ("fact", "requirement", "employer", "placement")


def _before(ask: StepWhy, step: Step, *, only_ready: bool) -> Iterator[Reason]:
    """The steps that a step follows and that have not ended; until she is placed no employer's is hers, and hers may have ended."""
    context, steps = ask.context, ask.context.view.own.steps
    names = [name for name in context.view.own.predecessors[step.id] if context.chain.end_day(name) is None]
    hers = len(employers_meant(context.view, context.progress)) == 1
    known = [name for name in names if hers or steps[name].subject != "employer"]
    asked = next((todo for todo in ask.one.todos if todo.kind == "placement"), None)
    if asked and not known:
        # The step that is to be placed tells it itself.
        if not only_ready and asked.step != step.id:
            yield _placement(context, steps[asked.step], asked.since)
    # Where nobody's step of her own is in the way, the employer's is what she waits for.
    elif not only_ready or all(steps[name].subject != "participant" for name in names):
        names = known or names
        yield Reason("before", step.id, values={"steps": names, "reports": _reports(context, names)})
        for name in () if only_ready else names:
            yield from _proposal(ask, steps[name])


def _reports(context: DecisionContext, names: Iterable[str]) -> list[tuple[str, str]]:
    """The steps of her own employer that go on, each with the mark of its run, which the employer's report ends."""
    employers, start = employers_meant(context.view, context.progress), common_start(context.progress)
    steps = [step for name in names if (step := context.view.own.steps.get(name)) and step.subject == "employer"]
    marks = [(step, str(EmployerStart(employers[0], start))) for step in steps] if len(employers) == 1 else []
    return [(step.id, mark) for step, mark in marks if own_run(context.view, context.progress, step, "subject_started")]


def _stopped(context: DecisionContext, entry: EnterableRun) -> list[Reason]:
    """All that keeps a step that is ready from starting; each is told only where it stands, for a pause is no proposal."""
    found = []
    for what in what_blocks(context):
        code = f"stopped.{what}"
        found.append(Reason(code, entry.step.id, since=entry.ready, who=context.owner))
    return found


def _beside(ask: StepWhy, step: Step, *, only_ready: bool) -> Iterator[Reason]:
    """What a step beside the chain waits for: its point, and once that has come the same as a step of the chain."""
    context = ask.context
    if step.when_needed:
        run = EnterableRun(step, context.progress.attempts(step.id) + 1, context.progress.on("admitted"))
        missing = [] if only_ready or run.ready is None else [one for one in _ready(ask, run, run.ready) if one.code in _MISSING]
        if not only_ready:
            yield from missing or [Reason("needed", step.id, who=context.role(step))]
        return
    day, how = day_of_point(context, step, step.begins) if step.begins else (context.progress.on("admitted"), None)
    if how is None and day and day <= context.day:
        yield from _startable(ask, EnterableRun(step, 1, day), day)
    elif not only_ready:
        yield Reason("point", step.id, who=ENGINE, values={"point": str(step.begins) if step.begins else "admission"})


def _ready(ask: StepWhy, entry: EnterableRun, ready: date) -> Iterator[Reason]:
    """In the order of rule R10; the first that is missing is what is waited for."""
    context, step = ask.context, entry.step
    when, requires = context.view.own.when[step.id], context.requires(step)
    if when.holds(context.situation) is None:
        missing = list(when.missing(context.situation))
        yield Reason("fact", step.id, since=ready, who=_finds_out(context, missing), values={"facts": missing})
    elif (met := requires.holds(context.situation)) is not True:
        values: dict[str, Any] = {
            "unknown": met is None,
            "rule": "; ".join(requires.failing(context.situation)), "facts": list(requires.missing(context.situation)),
            "asks": names_asked(requires),
            "reports": _reports(context, [name for name in context.view.own.steps if requires.asks_result(name)]),
        }  # fmt: skip
        missing = [name for name in values["facts"] if "(" not in name]
        who = _finds_out(context, missing) if missing else context.whose("requirement", step)
        yield Reason("requirement", step.id, since=ready, who=who, values=values)
    else:
        yield from _employer(ask, entry, ready)


def _finds_out(context: DecisionContext, missing: Sequence[str]) -> str:
    """Who is to find out the first fact that some step gives, else the first of all."""
    giver = next((giver for name in missing if (giver := context.giver(name))), None)
    return context.whose("fact", giver or "")


def _placement(context: DecisionContext, step: Step, since: date) -> Reason:
    """A placement that is waited for: where it may be, and what those employers ask that is not known to be so."""
    possible, rules = possible_employers(context, step), context.view.shared.employers
    answers = {one: requirement_met(context, one) for one in possible}
    chosen = choosers(context.progress, at_employers(context.view.own.steps.values()))
    able = [one for one in possible if answers[one] is not False]
    employers = [one for one in able if one in chosen] or able
    unmet = list(dict.fromkeys(name for one in employers or possible if not answers[one] for name in names_asked(rules[one])))
    values = {"employers": employers, "facts": unmet, "chosen": [one for one in possible if one in chosen and one not in able]}
    return Reason("placement", step.id, since=since, who=context.whose("placement", step), values=values)


def _employer(ask: StepWhy, entry: EnterableRun, ready: date) -> Iterator[Reason]:
    context, step = ask.context, entry.step
    if step.needs_employer:
        employer = employer_of(context, step, entry.attempt)
        rules = context.view.shared.employers.get(employer or "")
        if employer is None or context.view.withdrew(employer, context.day):
            yield _placement(context, step, ready)
            return
        if rules and not context.progress.get("placed", step.id, entry.attempt) and rules.holds(context.situation) is not True:
            values = {"employer": employer, "rule": "; ".join(rules.failing(context.situation)), "asks": names_asked(rules)}
            yield Reason("employer", step.id, since=ready, who=context.whose("placement", step), values=values)
            return
    yield from _day(ask, entry, ready)


def _day(ask: StepWhy, entry: EnterableRun, ready: date) -> Iterator[Reason]:
    context, step = ask.context, entry.step
    starts = context.view.shared.steps.get(step.id, step).starts
    coming = [day for day in starts if day > max(context.day, ready)]
    if not starts or context.day in starts:
        yield from _place(ask, entry, ready)
    elif coming:
        yield Reason("day", step.id, since=ready, who=ENGINE, values={"day": min(coming)})
    else:
        yield Reason("dates", step.id, since=ready, who=context.whose("dates", step))


def _place(ask: StepWhy, entry: EnterableRun, ready: date) -> Iterator[Reason]:
    context, step = ask.context, entry.step
    needed = place_needed(context, step, entry.attempt)
    if needed and not holds_place(context, step, entry.attempt):
        line = step_line(context.view, ask.rows, needed, context.day)
        place = place_of(line.people, ask.one.stream)
        rules, possible = context.view.shared.employers, possible_employers(context, step)
        room = {one: requirement_met(context, one) for one in with_room(context.view, ask.rows, needed, context.day)}
        elsewhere = [one for one in possible if room.get(one)]
        facts = list(dict.fromkeys(name for one in possible if one in room and room[one] is None for name in names_asked(rules[one])))
        values: dict[str, Any] = {
            "resource": str(needed), "places": capacity(context.view, needed), "held": count_held(ask.rows, needed), "elsewhere": elsewhere,
            "facts": facts,
        }  # fmt: skip
        # Whose worklist has it: the todo is one of the track, not of her step.
        who = owner_role(context.view.shared.track) if elsewhere else ENGINE
        yield Reason("place", step.id, since=ready, who=who, values=values | (place_values(context.view, line, place) if place else {}))
    elif step.start_within:
        yield Reason("start", step.id, since=ready, until=context.deadline(ready, step.start_within), who=context.role(step))


def _done(ask: StepWhy, step: Step) -> Iterator[Reason]:
    progress = ask.context.progress
    ended = progress.get("ended", step.id, progress.attempts(step.id))
    if ended:
        yield Reason(
            "done", step.id, since=ended.effective, values={"result": ended.value["result"], "condition": ended.value.get("condition")}
        )
    else:
        yield Reason("not_under_way", step.id, values={"status": str(progress.status)})
