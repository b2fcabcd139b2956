"""What a running step asks of people: its report, contacts, missing facts; and when it ends by itself (rules R4, R14, R16)."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from definitions.model.fact_values import admitted_value
from definitions.model.values import Length
from tracks.engine.context.inputs import deadline_after, parse_day, running_until
from tracks.engine.context.step_runs import report_of, started_on
from tracks.engine.rules.step_entry import claim_held_place, miss_deadline, remind_of_employer
from tracks.events.fold import numbered
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext


def length_changes(context: DecisionContext, step: Step) -> list[Length]:
    """How a person made the step longer or shorter than it is written (rule R53), each time she did."""
    if not context.progress.get("lengthens", step.id):
        return []
    said = numbered(context.progress, "lengthened", step.id).values()
    return [Length(count=field.value["count"], unit=field.value["unit"]) for field in said]


def planned_end(context: DecisionContext, step: Step, attempt: int) -> date | None:
    """The first day after the planned time of a run, pauses counted; None without a length or while paused.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The day, if there is one.

    """
    start = started_on(context.progress, step.id, attempt)
    return running_until(context.progress, start, step.length, length_changes(context, step)) if start and step.length else None


def continue_run(context: DecisionContext, step: Step, attempt: int) -> None:
    """A run of a chain step that goes on: end it by its report or its time, else remind.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    """
    reported = report_of(context.progress, step.id, attempt)
    if reported:
        context.emit("step_completed", step.id, attempt, result=reported.value["result"])
        return
    start = started_on(context.progress, step.id, attempt)
    if start is None:
        return
    # Only a stöd ends by itself; all others wait for a report (rule R14).
    if step.type == "stöd" and step.length:
        if context.has_come(planned_end(context, step, attempt)):
            context.emit("step_completed", step.id, attempt, result="done")
            return
    else:
        _report(context, step, attempt)
    claim_held_place(context, step, attempt, start)
    remind_of_employer(context, step, attempt, start)
    remind_of_contacts(context, step, attempt, start)


def report_deadline(context: DecisionContext, step: Step, attempt: int) -> date | None:
    """The last day for the report of a run; None without a length or while paused.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The day, always a working day.

    """
    start = started_on(context.progress, step.id, attempt)
    return deadline_after(context.progress, start, step.length, length_changes(context, step)) if start and step.length else None


def _report(context: DecisionContext, step: Step, attempt: int) -> None:
    last = report_deadline(context, step, attempt)
    noted = context.progress.on("report_due", step.id, attempt)
    if last and not noted and context.has_come(last):
        context.emit("report_due", step.id, attempt)
        noted = context.day
    if last:
        miss_deadline(context, "report", step.id, attempt, last)
    if noted:
        context.todo("report", step, attempt, noted, last)


def remind_of_contacts(context: DecisionContext, step: Step, attempt: int, start: date) -> None:
    """Contacts are due at whole multiples of the length from the start, never chained; one in the period is enough.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        start: The day on which the run started.

    """
    if step.contact_every is None:
        return
    made = max((day for day in (context.progress.on("contacted", step.id), context.progress.on("contacted")) if day), default=None)
    for n in count((context.progress.value("contact_due", step.id, attempt) or {}).get("n", 1)):
        last, after = _contact_day(context, step, start, n), _contact_day(context, step, start, n - 1)
        if last is None or after is None:
            break
        # A contact of a period that is long past is not asked for any more.
        if last.toordinal() >= context.day.toordinal() - 1 and not (made and made > after):
            _contact(context, step, attempt, n, last, after)
        if last > context.day:
            context.later.append(last)
            break
    due = context.progress.get("contact_due", step.id, attempt)
    if due and not (made and made > parse_day(due.value["after"])):
        context.todo("contact", step, attempt, due.effective, due.effective)


def _contact_day(context: DecisionContext, step: Step, start: date, n: int) -> date | None:
    length = step.contact_every
    if n == 0 or length is None:
        return start
    return deadline_after(context.progress, start, Length(count=n * length.count, unit=length.unit))


def _contact(context: DecisionContext, step: Step, attempt: int, n: int, last: date, after: date) -> None:
    noted = (context.progress.value("contact_due", step.id, attempt) or {}).get("n", 0)
    if last <= context.day and noted < n:
        context.emit("contact_due", step.id, attempt, n=n, after=after.isoformat())
    if last < context.day and (context.progress.value("missed:contact", step.id, attempt) or {}).get("n", 0) < n:
        context.emit("deadline_missed", step.id, attempt, what="contact", n=n, last=last.isoformat())
    if last == context.day:
        context.later.append(context.day.fromordinal(context.day.toordinal() + 1))


def remind_of_facts(context: DecisionContext, step: Step, attempt: int) -> None:
    """A fact that a step gives and nobody reported stays on the worklist (rule R16).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    """
    ended = context.progress.get("ended", step.id, attempt)
    if ended is None or ended.value["result"] == "skipped":
        return
    for name in step.gives:
        if admitted_value(context.view.own.track.facts, name, context.progress.value(f"fact:{name}")) is None:
            context.todo(TodoKind("fact", name), step, attempt, ended.effective)
