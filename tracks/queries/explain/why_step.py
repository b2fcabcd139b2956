"""Why a step is not further: asks, one by one and in the order of rule R10, what would have to be so. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.engine.context.step_runs import started_on
from tracks.engine.rules.allocation import capacity, held
from tracks.engine.rules.chain import not_free
from tracks.engine.rules.obligations import planned_end, report_deadline
from tracks.engine.rules.step_entry import employer_of, holds_place, place_needed, possible_employers
from tracks.queries.explain.known_facts import names_asked
from tracks.queries.explain.queues import place_of, place_values, step_line
from tracks.recording.refusals import UNKNOWN_STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import Desk
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

    desk: Desk
    rows: Sequence[Row]
    one: Enrolment


def step_reasons(ask: StepWhy) -> Iterator[Reason]:
    """The steps that go on, that ask for a decision, and that are ready but wait."""
    for step in ask.desk.view.own.track.steps:
        if step.subject != "participant":
            continue
        yield from running(ask, step)
        if not step.beside:
            yield from _proposal(ask, step)
            yield from _waiting(ask, step, only_ready=True)


def about(ask: StepWhy, name: str) -> Iterator[Reason]:
    """All there is to say of one step. Raises UnknownStep."""
    steps = ask.desk.view.own.steps
    if name not in steps:
        raise UNKNOWN_STEP(track=ask.one.track, step=name, steps=", ".join(steps))
    step = steps[name]
    if step.subject != "participant":
        yield Reason("shared", step.id, who=ask.desk.role(step))
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
    progress = ask.desk.progress
    n = progress.attempts(step.id)
    start = started_on(progress, step.id, n) if n else None
    if start is None or progress.get("ended", step.id, n):
        return
    # An end by time does not move to a working day; a deadline does (rule R4).
    by_time = step.beside or step.type == "stöd"
    until = planned_end(ask.desk, step, n) if by_time else report_deadline(ask.desk, step, n)
    due = progress.get("report_due", step.id, n)
    code = "report" if due else "running"
    yield Reason(code, step.id, since=start, until=until, who=ENGINE if step.type == "stöd" and step.length else ask.desk.role(step))
    for todo in ask.one.todos:
        if todo.kind in ("employer_left", "placement") and (todo.step, todo.attempt) == (step.id, n):
            yield Reason("employer_left" if todo.kind == "employer_left" else "unplaced", step.id, since=todo.since, who=todo.role)


def _proposal(ask: StepWhy, step: Step) -> Iterator[Reason]:
    if step.beside:
        return
    _, ended, way = ask.desk.settled.latest(step)
    if ended and way and way.action.kind in ("ask", "end", "transfer"):
        code = "decision" if way.action.kind == "ask" else f"proposal.{way.action.kind}"
        yield Reason(code, step.id, since=way.day, who=ask.desk.role(step), values={"result": ended.value["result"]})


class Entry(NamedTuple):
    """A run of a step that could be entered: its number, and the day from which it is ready (None: not yet)."""

    step: Step
    attempt: int
    ready: date | None


def _entry(desk: Desk, step: Step) -> Entry | None:
    """The next run of a chain step, where there is to be one."""
    n, ended, way = desk.settled.latest(step)
    if n and ended is None:
        return None
    if way and way.action.kind == "retry":
        return Entry(step, n + 1, way.day)
    if desk.settled.entered_anew(step):
        return Entry(step, n + 1, next(jump.day for jump in reversed(desk.settled.jumps) if jump.target == step.id))
    return Entry(step, n + 1, desk.settled.ready(step)) if n == 0 or desk.settled.stale(step) else None


def _waiting(ask: StepWhy, step: Step, *, only_ready: bool) -> Iterator[Reason]:
    """What a run that has not been entered waits for."""
    desk = ask.desk
    if desk.progress.status not in ("active", "paused"):
        return
    if step.beside:
        if not only_ready and not desk.progress.attempts(step.id):
            yield _beside(ask, step)
        return
    entry = _entry(desk, step)
    if entry is None:
        return
    if entry.ready is None:
        if not only_ready:
            names = [name for name in desk.view.own.predecessors[step.id] if desk.settled.day(name) is None]
            yield Reason("before", step.id, values={"steps": names})
    elif not_free(desk):
        yield Reason("stopped", step.id, since=entry.ready, who=desk.owner)
    else:
        yield from _ready(ask, entry, entry.ready)


def _beside(ask: StepWhy, step: Step) -> Reason:
    if step.when_needed:
        return Reason("needed", step.id, who=ask.desk.role(step))
    return Reason("point", step.id, who=ENGINE, values={"point": str(step.begins) if step.begins else "admission"})


def _ready(ask: StepWhy, entry: Entry, ready: date) -> Iterator[Reason]:
    """In the order of rule R10; the first that is missing is what is waited for."""
    desk, step = ask.desk, entry.step
    when, requires = desk.view.own.when[step.id], desk.view.own.requires[step.id]
    if when.holds(desk.situation) is None:
        missing = when.missing(desk.situation)
        givers = [giver for name in missing for giver in desk.view.own.track.steps if name in giver.gives]
        who = desk.role(givers[0]) if givers else desk.owner
        yield Reason("fact", step.id, since=ready, who=who, values={"facts": list(missing)})
    elif requires.holds(desk.situation) is not True:
        values: dict[str, Any] = {
            "rule": "; ".join(requires.failing(desk.situation)), "facts": list(requires.missing(desk.situation)),
            "asks": names_asked(requires),
        }  # fmt: skip
        yield Reason("requirement", step.id, since=ready, who=desk.role(step), values=values)
    else:
        yield from _employer(ask, entry, ready)


def _employer(ask: StepWhy, entry: Entry, ready: date) -> Iterator[Reason]:
    desk, step = ask.desk, entry.step
    if step.needs_employer:
        employer = employer_of(desk, step, entry.attempt)
        rules = desk.view.shared.employers.get(employer or "")
        if employer is None or desk.view.withdrew(employer, desk.day):
            yield Reason("placement", step.id, since=ready, who=desk.role(step), values={"employers": possible_employers(desk, step)})
            return
        if rules and not desk.progress.get("placed", step.id, entry.attempt) and rules.holds(desk.situation) is not True:
            values = {"employer": employer, "rule": "; ".join(rules.failing(desk.situation)), "asks": names_asked(rules)}
            yield Reason("employer", step.id, since=ready, who=desk.role(step), values=values)
            return
    yield from _day(ask, entry, ready)


def _day(ask: StepWhy, entry: Entry, ready: date) -> Iterator[Reason]:
    desk, step = ask.desk, entry.step
    starts = desk.view.shared.steps.get(step.id, step).starts
    coming = [day for day in starts if day > max(desk.day, ready)]
    if not starts or desk.day in starts:
        yield from _place(ask, entry, ready)
    elif coming:
        yield Reason("day", step.id, since=ready, who=ENGINE, values={"day": min(coming)})
    else:
        yield Reason("dates", step.id, since=ready, who=desk.role(step))


def _place(ask: StepWhy, entry: Entry, ready: date) -> Iterator[Reason]:
    desk, step = ask.desk, entry.step
    needed = place_needed(desk, step, entry.attempt)
    if needed and not holds_place(desk, step, entry.attempt):
        line = step_line(desk.view, ask.rows, needed, desk.day)
        place = place_of(line.people, ask.one.stream)
        values = {"resource": str(needed), "places": capacity(desk.view, needed), "held": held(ask.rows, needed)}
        yield Reason("place", step.id, since=ready, who=ENGINE, values=values | (place_values(desk.view, line, place) if place else {}))
    elif step.start_within:
        yield Reason("start", step.id, since=ready, until=desk.deadline(ready, step.start_within), who=desk.role(step))


def _done(ask: StepWhy, step: Step) -> Iterator[Reason]:
    progress = ask.desk.progress
    ended = progress.get("ended", step.id, progress.attempts(step.id))
    if ended:
        yield Reason(
            "done", step.id, since=ended.effective, values={"result": ended.value["result"], "condition": ended.value.get("condition")}
        )
    else:
        yield Reason("not_under_way", step.id, values={"status": str(progress.status)})
