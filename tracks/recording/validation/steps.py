"""Validators of what is reported of steps: results, facts, starts, phases, placements and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from definitions.model.track import Action
from definitions.model.values import plain
from tracks.engine.context.plan import ConditionList
from tracks.engine.context.situation import Situation, at_employers
from tracks.engine.context.step_runs import ChainState, action_after, report_of, started_on
from tracks.engine.rules.employers import employer_of, hiring_employer, possible_employers
from tracks.engine.rules.points import PointState, day_of_point
from tracks.events.fold import binds_next, choosers
from tracks.events.roles import role_of
from tracks.events.status import Status
from tracks.recording import refusals
from tracks.recording.fact_values import checked_facts
from tracks.recording.validation.exits import HIRED, check_outcome
from tracks.recording.validation.places import check_place, check_room

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext
    from tracks.engine.context.inputs import View
    from tracks.recording.reported_fact import FactContext, ReportedFact


def reported(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The result of the latest run of a step, on a day on which it ran.

    Raises:
        Refusal: the step has no such result, has not started by then, or has been reported with another result.

    """
    step, result = case.step(fact.step), fact.content["result"]
    if result not in step.known_results:
        said = {"step": step.id, "result": result, "results": ", ".join(step.known_results)}
        raise refusals.NO_HIRE_HERE(ref=case.ref, **said) if result == "hired" else refusals.UNKNOWN_RESULT(**said)
    n = case.latest(step.id)
    progress = case.enrolment.progress
    before = report_of(progress, step.id, n) or progress.get("ended", step.id, n)
    if before and before.value["result"] != "skipped":
        # The same report once more, as from a file that is read twice, contradicts nothing.
        if progress.get("reported", step.id, n) and before.value["result"] == result and before.effective == fact.on:
            return fact.but(attempt=n, facts=checked_facts(case.view, fact.content.get("facts", {}), case.track))
        raise refusals.ALREADY_CLOSED(step=step.id, result=before.value["result"], day=before.effective)
    started = started_on(progress, step.id, n) if case.running(step.id) else None
    if started is None:
        raise refusals.NOT_STARTED(step=step.id, ref=case.ref)
    if fact.on < started:
        raise refusals.BEFORE_START(day=fact.on, step=step.id, started=started)
    more: dict[str, Any] = {"facts": checked_facts(case.view, fact.content.get("facts", {}), case.track)}
    if result == "hired":
        more |= _hired(case, fact.but(attempt=n))
    return fact.but(attempt=n, **more)


def _hired(case: FactContext, fact: ReportedFact) -> dict[str, Any]:
    what = fact.content.get("outcome", "work")
    check_outcome(what)
    if what not in HIRED:
        raise refusals.NO_OUTCOME_OF_A_HIRE(ref=case.ref, outcome=what, outcomes=", ".join(HIRED))
    # Whoever is hired is hired where the step is, unless another employer is named.
    employer = fact.content.get("employer") or hiring_employer(case.context, case.step(fact.step), fact.attempt)
    return {"outcome": what, **({"employer": employer} if employer else {})}


def stated(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """Facts of the track, with values of their types. Raises NOTHING_STATED for none, a refusal for another."""
    if not fact.content.get("facts"):
        raise refusals.NOTHING_STATED()
    return fact.but(facts=checked_facts(case.view, fact.content["facts"], case.track))


def began(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A run of a step: the one that goes on, or the next one, if the step is ready for it.

    Raises:
        Refusal: nothing leads there yet, what the step asks for is not true, or it has no place for her and no reason is given.

    """
    step = case.step(fact.step)
    running = case.running(step.id)
    _not_before_its_time(case, step, fact.on, running)
    if running:
        return fact.but(attempt=running)
    if not _ready(case, step, fact.on):
        raise refusals.STEP_NOT_READY(step=step.id, ref=case.ref)
    _for_her(case, step)
    check_place(case, step, fact)
    return fact.but(attempt=case.latest(step.id) + 1)


def _not_before_its_time(case: FactContext, step: Step, day: date, running: int) -> None:
    """That a step is not said to begin before what it follows: its point, those before it in the chain, its own last run."""
    context = case.context
    first = case.enrolment.progress.on("ended", step.id, running - 1) if running > 1 else None
    if not step.beside:
        first = first or context.chain.ready_day(step)
    elif step.begins and step.begins.before is None and not first:
        first, how = day_of_point(context, step, step.begins)
        if how is PointState.NOT_YET and not running:
            raise refusals.STEP_NOT_READY(step=step.id, ref=case.ref)
    if first and day < first:
        raise refusals.BEFORE_ITS_TIME(step=step.id, day=day, first=first)


def _for_her(case: FactContext, step: Step) -> None:
    """That its condition, what it requires and what its employer requires is true, by what is known now."""
    context = case.context
    asked = ConditionList((*case.view.own.when[step.id].rules, *context.requires(step).rules))
    if asked.holds(context.situation) is not True:
        raise refusals.STEP_NOT_FOR_HER(step=step.id, ref=case.ref, **asked.unmet(context.situation))
    attempt = case.latest(step.id) + 1
    employer = employer_of(context, step, attempt) if step.needs_employer else None
    if employer and not case.enrolment.progress.get("placed", step.id, attempt):
        _employer_takes(case, context, employer)


def _employer_takes(case: FactContext, context: DecisionContext, employer: str) -> None:
    """What is unknown is refused as well: nobody is sent to a place that she may not be able to take."""
    rules = case.view.shared.employers.get(employer)
    if rules and rules.holds(context.situation) is not True:
        raise refusals.EMPLOYER_REQUIRES(employer=employer, **rules.unmet(context.situation))


def _ready(case: FactContext, step: Step, day: date) -> bool:
    if case.context.transfer or case.enrolment.status == Status.PAUSED:
        return False
    # A step that is done when needed waits for nothing but a person's word.
    if step.when_needed:
        return True
    if any(todo.step == step.id and todo.kind in ("start", "requirement", "placement", "dates") for todo in case.enrolment.todos):
        return True
    if step.beside:
        return case.latest(step.id) == 0
    chain = ChainState(case.view, case.enrolment.progress)
    ready = chain.ready_day(step)
    n = case.latest(step.id)
    return bool(ready and ready <= day and (n == 0 or chain.is_stale(step)))


def phase(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A phase of the run that goes on, and not one before the latest.

    Raises:
        Refusal: the step has no such phase, does not go on, or has come further.

    """
    step = case.step(fact.step)
    name = known_phase(step, fact.content["name"])
    n = case.running(step.id)
    if not n:
        raise refusals.NOT_STARTED(step=step.id, ref=case.ref)
    started = started_on(case.enrolment.progress, step.id, n)
    if started and fact.on < started:
        raise refusals.BEFORE_START(day=fact.on, step=step.id, started=started)
    done = [p for p in step.phases if case.enrolment.progress.get(f"phase:{p}", step.id, n)]
    if done and step.phases.index(name) < step.phases.index(done[-1]):
        raise refusals.PHASE_BACKWARDS(phase=name, latest=done[-1])
    return fact.but(attempt=n)


def known_phase(step: Step, name: str) -> str:
    """A phase of a step. Raises UNKNOWN_PHASE."""
    if name not in step.phases:
        raise refusals.UNKNOWN_PHASE(step=step.id, phase=name, phases=", ".join(step.phases) or "-")
    return name


def placed(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """An employer for the run that goes on, or for the next one.

    Raises:
        Refusal: the step needs no employer, or this one is not possible for the participant.

    """
    step, employer = case.step(fact.step), fact.content["employer"]
    if not step.needs_employer:
        raise refusals.NO_PLACEMENT(step=step.id)
    context = case.context
    possible = possible_employers(context, step)
    if case.view.shared.track.employers and not possible:
        raise refusals.NO_EMPLOYER_LEFT(track=case.track)
    if case.view.shared.track.employers and employer not in possible:
        raise refusals.UNKNOWN_EMPLOYER(employer=employer, step=step.id, employers=", ".join(possible))
    _employer_takes(case, context, employer)
    if not fact.content.get("reason"):
        _chosen(case, step, employer, possible)
        if case.running(step.id):
            check_room(case, step, employer)
    return fact


def contacted(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A contact; one in a step, once it has begun.

    Raises:
        Refusal: NOT_STARTED or BEFORE_START.

    """
    runs = range(1, case.latest(fact.step) + 1) if fact.step else ()
    started = [day for n in runs if (day := started_on(case.enrolment.progress, fact.step, n))]
    if fact.step and not started:
        raise refusals.NOT_STARTED(step=fact.step, ref=case.ref)
    if started and fact.on < min(started):
        raise refusals.BEFORE_START(day=fact.on, step=fact.step, started=min(started))
    return fact


def of_its_run(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A placement is for the run that goes on, or for the next one."""
    return fact.but(attempt=case.running(fact.step) or case.latest(fact.step) + 1)


def _chosen(case: FactContext, step: Step, employer: str, possible: Sequence[str]) -> None:
    """A choice binds the first placement after it, and each in a step that requires one: to any of those that chose her (rule R33)."""
    progress = case.enrolment.progress
    chosen = [one for one in choosers(progress, at_employers(case.view.own.steps.values())) if one in possible]
    if employer in chosen:
        return
    said = {"ref": case.ref, "step": step.id, "employer": employer}
    if chosen and (_asks_choice(case, step) or binds_next(progress)):
        raise refusals.CHOSEN_BY_ANOTHER(**said, chosen=", ".join(chosen))
    if _asks_choice(case, step):
        raise refusals.NOT_CHOSEN(**said)


def _asks_choice(case: FactContext, step: Step) -> bool:
    """Whether a step requires an employer's choice: what it requires does not hold without one."""
    requires, unchosen = case.context.requires(step), case.enrolment.progress.without("selected")
    asked = any("selected" in rule.names for _, rule in requires.rules)
    return asked and requires.holds(Situation(case.view, unchosen, case.clock.today)) is not True


def decided(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """What follows a result that asks a person (rules R20 and R23). Raises a refusal where nothing is asked."""
    step = case.step(fact.step)
    n = case.latest(step.id)
    way = action_after(case.view.own, case.enrolment.progress, step, n) if n else None
    if way is None or way.action.kind not in ("ask", "end", "transfer"):
        raise refusals.NOTHING_TO_DECIDE(step=step.id)
    action = fact.content["action"]
    # What stands beside the chain leads nowhere in it.
    if step.beside and action["kind"] == "goto":
        raise refusals.UNKNOWN_ACTION(action=action["target"], actions="next, retry")
    return fact.but(attempt=n)


def decision(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A decision with its action as an event holds it. Raises UNKNOWN_ACTION."""
    action = fact.content["action"]
    return fact.but(action=known_action(case.view, action) if isinstance(action, str) else action)


def known_action(view: View, text: str) -> Any:
    """An action that a person may decide, as an event holds it. Raises UNKNOWN_ACTION."""
    action, steps = parse_action(text), view.own.steps
    # A jump leads into the chain: a step beside it starts from a point of its own, and could start twice.
    if action.kind == "goto" and (action.target not in steps or steps[action.target or ""].beside):
        chain = [step.id for step in steps.values() if not step.beside]
        raise refusals.UNKNOWN_ACTION(action=text, actions=", ".join(["next", "retry", *chain]))
    return plain(action)


def parse_action(text: str) -> Action:
    """The action that a person decides: next, retry, or the id of a step."""
    plain = "_".join(text.casefold().split())
    if plain in ("next", "nästa"):
        return Action(kind="next")
    if plain in ("retry", "gör_om"):
        return Action(kind="retry")
    return Action(kind="goto", target=text)


def assigned(_case: FactContext, fact: ReportedFact) -> ReportedFact:
    """One role goes by one name, and a person's name has no stray spaces."""
    return fact.but(role=role_of(str(fact.content["role"])), person=" ".join(str(fact.content["person"]).split()))
