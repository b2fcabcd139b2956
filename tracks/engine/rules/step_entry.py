"""Entering a step: condition, requirement, employer, day, place, start - in this order (rules R10-R13, R21, R33, R34)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from definitions.model.calendar import add, roll
from definitions.model.fact_values import admitted_value
from definitions.model.values import plain
from tracks.engine.context.step_runs import NEXT
from tracks.engine.rules.employers import ask_whose, employer_of, repeats_run
from tracks.events.ranks import QueueRank
from tracks.events.resources import StepPlace
from tracks.events.snapshots import Claim
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from definitions.model.track import Action, Order, Step
    from tracks.engine.context.decision_context import DecisionContext
    from tracks.engine.context.plan import ConditionList
    from tracks.events.ranks import Criterion


def enter_step(context: DecisionContext, step: Step, attempt: int, ready: date, rounds: int = 0, of: int = 1, led: Action = NEXT) -> None:
    """Start or skip a run of a step that is ready, or say what it waits for (rules R10-R13).

    `rounds` is the number of jumps taken so far, `of` the run of the step that this one runs beside.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        ready: The day from which the step could have begun.
        rounds: How many jumps were taken so far (rule R22).
        of: The run of the other step that this one runs beside (rule R26).
        led: What leads to the run; a length and hours of its own are the run's (rule R55).

    """
    # Most runs are of the first round, beside the first run; leaving that out keeps the log short.
    marks = {key: n for key, n, plain in (("round", rounds, 0), ("of", of, 1)) if n != plain}
    if context.progress.get("began", step.id, attempt):
        context.emit("step_started", step.id, attempt, **marks, **_terms(led))
        return
    if context.progress.get("waived", step.id):
        context.emit("step_skipped", step.id, attempt, condition="waived", **marks)
        return
    when = context.holds(context.view.own.when[step.id])
    if when is False:
        failing = context.view.own.when[step.id].failing(context.situation)
        context.emit("step_skipped", step.id, attempt, condition=failing[0], **marks)
    elif when is None:
        _fact_missing(context, step, attempt, ready)
    elif _may_start(context, step, attempt, ready):
        context.emit("step_started", step.id, attempt, **marks, **_terms(led))
    else:
        keep_held_place(context, step, attempt, ready)


def _terms(led: Action) -> dict[str, Any]:
    said = plain(led)
    return {key: said[key] for key in ("length", "hours_per_week") if key in said}


def _may_start(context: DecisionContext, step: Step, attempt: int, ready: date) -> bool:
    _start_deadline(context, step, attempt, ready)
    requires = context.requires(step)
    if context.holds(requires) is not True:
        context.todo("requirement", step, attempt, ready)
        ask_for(context, requires, ready)
        if any(requires.asks_result(one.id) for one in context.view.own.shared):
            ask_whose(context, step, ready)
        return False
    if not _employer_allows(context, step, attempt, ready) or not _day_allows(context, step, attempt, ready):
        return False
    if not _has_place(context, step, attempt, ready):
        return False
    if step.start_within:
        context.todo("start", step, attempt, ready, context.deadline(ready, step.start_within))
        return False
    return True


def _fact_missing(context: DecisionContext, step: Step, attempt: int, ready: date) -> None:
    _start_deadline(context, step, attempt, ready)
    ask_for(context, context.view.own.when[step.id], ready, results=True)


def ask_for(context: DecisionContext, rules: ConditionList, ready: date, *, results: bool = False) -> None:
    """Put what is unknown on the worklist of who is to find it out; the result of a step only where nothing else asks for its report.

    Args:
        context: The decision context: one enrolment on one day.
        rules: The conditions that ask.
        ready: Since when it is asked for.
        results: Whether results are asked for too.

    """
    for name in rules.missing(context.situation):
        if giver := context.giver(name):
            context.todo(TodoKind("fact", name), giver, max(1, context.progress.attempts(giver.id)), ready)
        elif results or "(" not in name:
            context.todo(TodoKind("fact", name), "", 0, ready)


def _start_deadline(context: DecisionContext, step: Step, attempt: int, ready: date) -> None:
    if step.start_within and (last := context.deadline(ready, step.start_within)):
        miss_deadline(context, "start", step.id, attempt, last)


def miss_deadline(context: DecisionContext, what: str, step: str, attempt: int, last: date) -> None:
    """Say once that a deadline was missed, on the day after its last day.

    Args:
        context: The decision context: one enrolment on one day.
        what: What was to be done: `start`, `report`.
        step: The step's id.
        attempt: The number of the run, from 1.
        last: The last day of the deadline.

    """
    if not context.progress.get(f"missed:{what}", step, attempt) and context.has_come(day_after(last)):
        context.emit("deadline_missed", step, attempt, what=what, last=last.isoformat())


def day_after(day: date) -> date:
    """The day after."""
    return date.fromordinal(day.toordinal() + 1)


def _employer_allows(context: DecisionContext, step: Step, attempt: int, ready: date) -> bool:
    if not step.needs_employer:
        return True
    employer = employer_of(context, step, attempt)
    if employer is None or context.view.withdrew(employer, context.day):
        context.todo("placement", step, attempt, ready)
        return False
    own = context.view.shared.employers.get(employer)
    if own and not context.progress.get("placed", step.id, attempt) and (met := context.holds(own)) is not True:
        context.todo("placement", step, attempt, ready)
        if met is None:
            ask_for(context, own, ready)
        return False
    return True


def _day_allows(context: DecisionContext, step: Step, attempt: int, ready: date) -> bool:
    shared = context.view.shared_step(step.id) or step
    if not shared.starts:
        return True
    if context.day in shared.starts:
        return True
    coming = [day for day in shared.starts if day > max(context.day, ready)]
    if coming:
        context.later.append(min(coming))
    else:
        context.todo("dates", step, attempt, ready)
    return False


def place_needed(context: DecisionContext, step: Step, attempt: int) -> StepPlace | None:
    """The shared place that a run needs: of the step, or of the step at its employer; None where it needs none.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The place, if one is needed.

    """
    if context.progress.get("added", step.id) and step.places is None and not step.employer_places:
        return None  # a step of her own shares nothing, also where the version in force has another of the same name
    shared = context.view.shared_step(step.id) or step
    if shared.places is not None:
        return StepPlace(step.id)
    if not shared.employer_places:
        return None
    employer = employer_of(context, step, attempt)
    return StepPlace(step.id, employer) if employer in shared.employer_places else None


def holds_place(context: DecisionContext, step: Step, attempt: int) -> bool:
    """Whether a run has a place of its own, or kept the one of the run that it repeats (rule R21).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        Whether she has it.

    """
    if context.progress.get("place", step.id, attempt):
        return True
    before = context.progress.value("ended", step.id, attempt - 1)
    if before is None or not holds_place(context, step, attempt - 1):
        return False
    per_employer = bool((context.view.shared_step(step.id) or step).employer_places)
    return repeats_run(context, step, attempt) and not (per_employer and before["result"] == "interrupted")


def _has_place(context: DecisionContext, step: Step, attempt: int, ready: date) -> bool:
    place = place_needed(context, step, attempt)
    if place is None or holds_place(context, step, attempt):
        return True
    context.claims.append(Claim(str(place), "waiting", attempt, ready, rank_of(context)))
    # A place may come free on any day, but the step begins on listed days only: look every day.
    if (context.view.shared_step(step.id) or step).starts:
        context.later.append(day_after(context.day))
    return False


def rank_of(context: DecisionContext, start: str = "") -> QueueRank:
    """What the order of the queue compares of a person (rule R38); `start` is the only one that she waits for, if any."""
    return QueueRank(tuple(_criterion(context, row) for row in context.view.shared.track.intake.criteria), start)


def _criterion(context: DecisionContext, row: Order) -> Criterion:
    referred = context.progress.get("referred")
    if row.by == "lottery":
        return None
    if row.by == "precedence":
        return (0, 0 if referred and referred.value.get("precedence") else 1)
    if row.by == "referral":
        return (0, referred.effective.toordinal()) if referred else (1,)
    return _fact_criterion(context, row.fact or "", days_since=row.days_since, highest_first=row.highest_first)


def _fact_criterion(context: DecisionContext, name: str, *, days_since: bool, highest_first: bool) -> Criterion:
    facts = context.view.shared.track.facts
    value = context.situation.age() if name == "age" else admitted_value(facts, name, context.situation.fact(name))
    if value is None:
        return (1,)
    choices = context.view.choices(name)
    if isinstance(value, bool):
        number = int(value)
    elif isinstance(value, int):
        number = value
    elif value in choices:
        number = choices.index(value)
    else:
        number = date.fromisoformat(value).toordinal()
    # More days since an early date: the order of days is the order of dates turned round.
    return (0, -number if highest_first != days_since else number)


def keep_held_place(context: DecisionContext, step: Step, attempt: int, since: date) -> None:
    """A place that was given stays held while the step waits for something else: a report of its start, or the end of a pause.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        since: The day from which it is kept.

    """
    if holds_place(context, step, attempt):
        claim_held_place(context, step, attempt, since)


def claim_held_place(context: DecisionContext, step: Step, attempt: int, since: date) -> None:
    """Claim the place that a running step holds.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        since: The day from which it is held.

    """
    place = place_needed(context, step, attempt)
    if place:
        context.claims.append(Claim(str(place), "holding", attempt, since, step.id))


def offer_until(context: DecisionContext, day: date) -> date:
    """The last day of an offer made on a day."""
    return roll(add(day, context.view.shared.track.intake.answer_within))
