"""What a running step asks of people: its report, contacts, missing facts; and when it ends by itself (rules R4, R14, R16)."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model.calendar import back
from definitions.model.fact_values import admitted_value
from definitions.model.values import Length
from tracks.engine.context.inputs import deadline_after, running_until
from tracks.engine.context.step_runs import as_begun, report_of, started_on
from tracks.engine.rules.employers import remind_of_employer
from tracks.engine.rules.step_entry import claim_held_place, miss_deadline
from tracks.events.fold import numbered
from tracks.events.resources import StepPlace, parse
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext

# Whoever is in a step for half a year or more is looked to a month before its end, so that what comes after can be arranged.
_LONG: Final = 180
_NOTICE: Final = Length(count=1, unit="months")


class Silence(NamedTuple):
    """The days after an exit on which a run waits for an outcome, so that nobody is asked for anything of it (rule R30)."""

    out: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.out < day < self.until


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
    return _over(running_until, context, step, attempt)


def _over(counted: Callable[..., date | None], context: DecisionContext, step: Step, attempt: int) -> date | None:
    """The day that the length of a run leads to, as it is counted: to its end, or to the last day for its report."""
    start, run = started_on(context.progress, step.id, attempt), as_begun(context.progress, step, attempt)
    if start is None or run.length is None:
        return None
    return counted(context.progress, start, run.length, length_changes(context, step), moves=step.pauses_move)


def longest_over(context: DecisionContext) -> date | None:
    """The day on which the enrolment has been open for the longest time, pauses added, unless a person lets it go on (rule R54)."""
    longest, admitted = context.view.own.track.longest, context.progress.on("admitted")
    if longest is None or admitted is None or context.progress.get("exception:*longest"):
        return None
    return running_until(context.progress, admitted, longest)


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
    if step.type == "stöd" and as_begun(context.progress, step, attempt).length:
        if context.has_come(planned_end(context, step, attempt)):
            context.emit("step_completed", step.id, attempt, result="done")
            return
    else:
        _report(context, step, attempt, start)
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
    return _over(deadline_after, context, step, attempt)


def _report(context: DecisionContext, step: Step, attempt: int, start: date) -> None:
    last = report_deadline(context, step, attempt)
    noted = context.progress.on("report_due", step.id, attempt)
    if last and not noted and context.has_come(last):
        context.emit("report_due", step.id, attempt)
        noted = context.day
    if last:
        miss_deadline(context, "report", step.id, attempt, last)
    since = noted or _asked_before(context, as_begun(context.progress, step, attempt), start, last)
    if since:
        context.todo("report", step, attempt, since, last)


def _asked_before(context: DecisionContext, step: Step, start: date, last: date | None) -> date | None:
    """The day on which a report is asked for without being due: in a step that has no length, or some time before a long one ends."""
    noticed = back(last, _NOTICE) if last and (last - start).days >= _LONG else None
    asked = noticed if last else _looked_to(context, step, start)
    return asked if context.has_come(asked) else None


def ask_for_report(context: DecisionContext, step: Step, attempt: int, start: date, silence: Silence | None = None) -> None:
    """Ask what has become of a run beside the chain that nothing bounds (rule R59).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        start: The day on which the run started.
        silence: The days on which the run waited for an outcome, so that nothing was asked of it.

    """
    asked = _looked_to(context, step, start, silence.until if silence else start)
    if asked and context.has_come(asked):
        context.todo("report", step, attempt, asked)


def _looked_to(context: DecisionContext, step: Step, start: date, waited: date = date.min) -> date | None:
    """The first whole multiple of the length after the latest contact: whoever is met is not forgotten (rule R59)."""
    every = context.view.own.track.asked_after(step)
    if every is None:
        return None
    met = max(*_contacts_after(context, step, start), start, waited)
    days = (_multiple(context, step, start, every, n) for n in count(1))
    return next(day for day in days if day is None or day > met)


def remind_of_contacts(context: DecisionContext, step: Step, attempt: int, start: date, silence: Silence | None = None) -> None:
    """A contact is due a whole length after the latest one, or after the start, and again each length on until it is made (rule R14).

    So no two contacts lie further apart than the length without a row on the worklist, however early or late they are made.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        start: The day on which the run started.
        silence: The days on which the run waited for an outcome: no contact is due of any of them (rule R30).

    """
    if step.contact_every is None:
        return
    met = max(_contacts_after(context, step, start), default=start)
    first = _noted(context, "contact_due", step, attempt, met) or 1
    after = _multiple(context, step, met, step.contact_every, first - 1) if first > 1 else met
    for n in count(first):
        last = _multiple(context, step, met, step.contact_every, n)
        if last is None or after is None:
            break
        if last > context.day:
            context.later.append(last)
            break
        if not (silence and silence.holds(last)):
            _contact(context, step, attempt, n, last, after, met)
        after = last
    due = context.progress.on("contact_due", step.id, attempt)
    if due and due > met:
        # The first day that nobody kept is what is late, not the latest.
        days = (_multiple(context, step, met, step.contact_every, n) for n in count(1))
        oldest = next(day for day in days if day is None or not (silence and silence.holds(day))) or due
        context.todo("contact", step, attempt, oldest, oldest)


def _noted(context: DecisionContext, name: str, step: Step, attempt: int, met: date) -> int:
    """How many times a field of contacts was set since the latest contact; 0 for none."""
    noted = context.progress.get(name, step.id, attempt)
    return noted.value["n"] if noted and noted.effective > met else 0


def _contacts_after(context: DecisionContext, step: Step, start: date) -> list[date]:
    return [day for day in (context.progress.on("contacted", step.id), context.progress.on("contacted")) if day and day > start]


def _multiple(context: DecisionContext, step: Step, start: date, length: Length, n: int) -> date | None:
    """The day that many lengths after a day, never chained; None while paused."""
    return deadline_after(context.progress, start, Length(count=n * length.count, unit=length.unit), moves=step.pauses_move)


def _contact(context: DecisionContext, step: Step, attempt: int, n: int, last: date, after: date, met: date) -> None:
    if _noted(context, "contact_due", step, attempt, met) < n:
        context.emit("contact_due", step.id, attempt, n=n, after=after.isoformat())
    tomorrow = context.day.fromordinal(last.toordinal() + 1)
    if tomorrow == context.day and _noted(context, "missed:contact", step, attempt, met) < n:
        context.emit("deadline_missed", step.id, attempt, what="contact", n=n, last=last.isoformat())
    if last == context.day:
        context.later.append(tomorrow)


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
    for name in facts_not_given(context, step, attempt):
        context.todo(TodoKind("fact", name), step, attempt, ended.effective)


def facts_not_given(context: DecisionContext, step: Step, attempt: int) -> list[str]:
    """The facts that a run gives and that are unknown to the person's own version, or known from an earlier run only (rule R60).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        Their ids.

    """
    facts = context.view.own.track.facts
    return [
        name
        for name in step.gives
        if admitted_value(facts, name, context.progress.value(f"fact:{name}")) is None
        or _is_of_an_earlier_run(context, step, attempt, name)
    ]


def _is_of_an_earlier_run(context: DecisionContext, step: Step, attempt: int, name: str) -> bool:
    progress, plan = context.progress, context.view.own
    known, start = progress.get(f"fact:{name}"), started_on(progress, step.id, attempt)
    if known is None or start is None or known.effective > start:
        return False
    runs = [(step.id, n) for n in range(1, attempt)]
    runs += [
        (one.id, n)
        for one in plan.chain
        if name in one.gives and step.id in plan.followers.get(one.id, ())
        for n in range(1, progress.attempts(one.id) + 1)
    ]
    if not any(started_on(progress, *run) for run in runs):
        return False
    if known.effective < start:
        return True
    # What an earlier run reported on the day that this one started is of that run, unless something else was said since.
    reports = [said for run in runs if (said := progress.get("reported", *run)) and said.effective == start]
    return any((said.value.get("facts") or {}).get(name) == known.value for said in reports)


def remind_of_unread_facts(context: DecisionContext) -> None:
    """A value that the version in force asks about and does not admit is to be said anew (rule R47)."""
    asked_for = {todo.kind for todo in context.todos}
    for name, since in unread_facts(context):
        if str(kind := TodoKind("fact", name)) not in asked_for:
            context.todo(kind, "", 0, since)


def unread_facts(context: DecisionContext) -> list[tuple[str, date]]:
    """The facts that the version in force asks about and whose standing value it does not admit, each with its day."""
    shared = context.view.shared
    # The order compares those who wait, for a place on the track or in one of its steps.
    waits = not context.progress.get("admitted") or any(isinstance(parse(claim.resource), StepPlace) for claim in context.claims)
    names = (*shared.asked, *(shared.ranked if waits else ()))
    said = ((name, context.progress.get(f"fact:{name}")) for name in dict.fromkeys(names))
    return [(name, one.effective) for name, one in said if one and admitted_value(shared.track.facts, name, one.value) is None]
