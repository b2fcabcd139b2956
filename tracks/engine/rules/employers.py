"""At which employer a step is: where it may be, where it is, and what is asked where nobody has said (rules R21, R32, R33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.situation import employers_meant, placement
from tracks.engine.context.step_runs import action_after

if TYPE_CHECKING:
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext


def possible_employers(context: DecisionContext, step: Step) -> list[str]:
    """The employers in force where a step may be, for this person: by step, start, and who has withdrawn."""
    start = context.view.start_named((context.progress.value("admitted") or {}).get("start", ""))
    employers = context.view.shared.track.employers_for(step, start)
    return [name for name in employers if not context.view.withdrew(name, context.day)]


def requirement_met(context: DecisionContext, employer: str) -> bool | None:
    """Whether a person is what an employer requires: true where it requires nothing, None where that is not known."""
    rules = context.view.shared.employers.get(employer)
    return rules.holds(context.situation) if rules else True


def employer_of(context: DecisionContext, step: Step, attempt: int) -> str | None:
    """The employer of a run: as placed for it, kept from before where allowed, or the only possible one (rule R33).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The employer's id, None where nobody has said it.

    """
    placed = context.progress.value("placed", step.id, attempt)
    return str(placed["employer"]) if placed else unplaced_employer(context, step, attempt)


def unplaced_employer(context: DecisionContext, step: Step, attempt: int) -> str | None:
    """The employer of a run that nobody has placed: kept from before where allowed, or the only possible one (rule R33).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The employer's id, None where several are possible.

    """
    possible = possible_employers(context, step)
    only = possible[0] if len(possible) == 1 else None
    before = context.progress.value("ended", step.id, attempt - 1)
    # After an interruption the employer is chosen anew (rule R21).
    if before and before["result"] == "interrupted":
        return only
    kept = employer_of(context, step, attempt - 1) if before and repeats_run(context, step, attempt) else placement(context.progress)
    return kept if kept and (not context.view.shared.track.employers or kept in possible) else only


def hiring_employer(context: DecisionContext, step: Step, attempt: int) -> str | None:
    """Who hires where a step ends so and nobody names an employer: the one whom the step is at, else where she was placed (rule R18).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    Returns:
        The employer's id, None where nobody has said it.

    """
    return (employer_of(context, step, attempt) if step.needs_employer else None) or placement(context.progress)


def remind_of_employer(context: DecisionContext, step: Step, attempt: int, start: date) -> None:
    """A running step lacks its employer: nobody has said where it is, or the employer has left the track (rule R33).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.
        start: The day on which the run started.

    """
    if not step.needs_employer:
        return
    employer = employer_of(context, step, attempt)
    if employer is None and not _all_left(context, step):
        context.todo("placement", step, attempt, start)
    elif employer is None or context.view.withdrew(employer, context.day):
        gone = [context.view.state.on(f"withdrew:{one}") for one in ([employer] if employer else context.view.shared.employers)]
        since = max((day for day in gone if day and day <= context.day), default=None)
        if since:
            context.todo("employer_left", step, attempt, since)


def _all_left(context: DecisionContext, step: Step) -> bool:
    """Whether a track that has employers has none left where the step may be."""
    return bool(context.view.shared.track.employers) and not possible_employers(context, step)


def repeats_run(context: DecisionContext, step: Step, attempt: int) -> bool:
    """Whether a run repeats the one before it.

    Args:
        context: The decision context: one enrolment on one day.
        step: The step, as the person's own version has it.
        attempt: The number of the run, from 1.

    """
    way = action_after(context.view.own, context.progress, step, attempt - 1)
    return bool(way and way.action.kind == "retry")


def ask_whose(context: DecisionContext, step: Step, since: date) -> None:
    """Ask for the placement of whoever waits for a step of her own employer, where nobody has said which that is (rule R32).

    Args:
        context: The decision context: one enrolment on one day.
        step: The step that waits.
        since: The day from which it does.

    """
    if len(employers_meant(context.view, context.progress)) == 1:
        return
    coming = (one for one in (step, *context.view.own.sequence) if one.needs_employer)
    if at := next((one for one in coming if not context.progress.attempts(one.id)), None):
        context.todo("placement", at, 1, since)
