"""What a running step asks of people: its report, contacts, missing facts; and when it ends by itself (rules R4, R14, R16)."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from definitions.model.values import Length
from tracks.engine.context.inputs import deadline_after, parse_day, running_until
from tracks.engine.context.step_runs import report_of, started_on
from tracks.engine.rules.step_entry import employer_owed, hold, miss
from tracks.events.fold import numbered
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import Desk


def changes(desk: Desk, step: Step) -> list[Length]:
    """How a person made the step longer or shorter than it is written (rule R53), each time she did."""
    if not desk.progress.get("lengthens", step.id):
        return []
    said = numbered(desk.progress, "lengthened", step.id).values()
    return [Length(count=field.value["count"], unit=field.value["unit"]) for field in said]


def planned_end(desk: Desk, step: Step, attempt: int) -> date | None:
    """The first day after the planned time of a run, pauses counted; None without a length or while paused."""
    start = started_on(desk.progress, step.id, attempt)
    return running_until(desk.progress, start, step.length, changes(desk, step)) if start and step.length else None


def run_on(desk: Desk, step: Step, attempt: int) -> None:
    """A run of a chain step that goes on: end it by its report or its time, else remind."""
    reported = report_of(desk.progress, step.id, attempt)
    if reported:
        desk.emit("step_completed", step.id, attempt, result=reported.value["result"])
        return
    start = started_on(desk.progress, step.id, attempt)
    if start is None:
        return
    if step.type == "stöd" and step.length:
        if desk.comes(planned_end(desk, step, attempt)):
            desk.emit("step_completed", step.id, attempt, result="done")
            return
    else:
        _report(desk, step, attempt)
    hold(desk, step, attempt, start)
    employer_owed(desk, step, attempt, start)
    contacts(desk, step, attempt, start)


def report_deadline(desk: Desk, step: Step, attempt: int) -> date | None:
    """The last day for the report of a run; None without a length or while paused."""
    start = started_on(desk.progress, step.id, attempt)
    return deadline_after(desk.progress, start, step.length, changes(desk, step)) if start and step.length else None


def _report(desk: Desk, step: Step, attempt: int) -> None:
    last = report_deadline(desk, step, attempt)
    noted = desk.progress.on("report_due", step.id, attempt)
    if last and not noted and desk.comes(last):
        desk.emit("report_due", step.id, attempt)
        noted = desk.day
    if last:
        miss(desk, "report", step.id, attempt, last)
    if noted:
        desk.todo("report", step, attempt, noted, last)


def contacts(desk: Desk, step: Step, attempt: int, start: date) -> None:
    """Contacts are due at whole multiples of the length from the start, never chained; one in the period is enough."""
    if step.contact_every is None:
        return
    made = max((day for day in (desk.progress.on("contacted", step.id), desk.progress.on("contacted")) if day), default=None)
    for n in count((desk.progress.value("contact_due", step.id, attempt) or {}).get("n", 1)):
        last, after = _contact_day(desk, step, start, n), _contact_day(desk, step, start, n - 1)
        if last is None or after is None:
            break
        if last.toordinal() >= desk.day.toordinal() - 1 and not (made and made > after):
            _contact(desk, step, attempt, n, last, after)
        if last > desk.day:
            desk.later.append(last)
            break
    due = desk.progress.get("contact_due", step.id, attempt)
    if due and not (made and made > parse_day(due.value["after"])):
        desk.todo("contact", step, attempt, due.effective, due.effective)


def _contact_day(desk: Desk, step: Step, start: date, n: int) -> date | None:
    length = step.contact_every
    if n == 0 or length is None:
        return start
    return deadline_after(desk.progress, start, Length(count=n * length.count, unit=length.unit))


def _contact(desk: Desk, step: Step, attempt: int, n: int, last: date, after: date) -> None:
    noted = (desk.progress.value("contact_due", step.id, attempt) or {}).get("n", 0)
    if last <= desk.day and noted < n:
        desk.emit("contact_due", step.id, attempt, n=n, after=after.isoformat())
    if last < desk.day and (desk.progress.value("missed:contact", step.id, attempt) or {}).get("n", 0) < n:
        desk.emit("deadline_missed", step.id, attempt, what="contact", n=n, last=last.isoformat())
    if last == desk.day:
        desk.later.append(desk.day.fromordinal(desk.day.toordinal() + 1))


def facts_owed(desk: Desk, step: Step, attempt: int) -> None:
    """A fact that a step gives and nobody reported stays on the worklist (rule R16)."""
    ended = desk.progress.get("ended", step.id, attempt)
    if ended is None or ended.value["result"] == "skipped":
        return
    for name in step.gives:
        if desk.progress.get(f"fact:{name}") is None:
            desk.todo(TodoKind("fact", name), step, attempt, ended.effective)
