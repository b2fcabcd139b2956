"""`decide`: what follows for one person on one day. Pure; no ids; no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.model.calendar import add, roll
from definitions.model.values import Length
from tracks.engine.context.decision_context import Decision, DecisionContext
from tracks.engine.context.situation import Situation
from tracks.engine.context.step_runs import report_of
from tracks.engine.rules import admission
from tracks.engine.rules.chain import decide_chain, starts_blocked
from tracks.engine.rules.obligations import facts_not_given, longest_over, remind_of_facts, remind_of_unread_facts, unread_facts
from tracks.engine.rules.orphaned_facts import orphaned_facts
from tracks.engine.rules.parallel_steps import decide_parallel_steps, last_follow_up
from tracks.engine.rules.shared_steps import claim_shared_steps
from tracks.engine.rules.step_entry import day_after
from tracks.events.fold import paused_since, planned_return
from tracks.events.status import UNADMITTED, UNDER_WAY, Status
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from definitions.conditions.compiler import Rule
    from tracks.engine.context.inputs import View
    from tracks.events.fold import Field, Progress
    from tracks.events.snapshots import Claim, Todo


def decide(view: View, progress: Progress, day: date, position: int | None = None) -> Decision:
    """The consequences that hold on `day` with what is known, and the next day on which there could be more.

    Empty on every day before the `due` of the last decision, and empty again once its events are appended. With the
    `position` of the stream's last event, the progress answered is the one after appending.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        progress: The fold of the enrolment's stream.
        day: The day that is decided.
        position: The place of the stream's last event; None where nothing is appended.

    Returns:
        What follows, and when to ask again.

    """
    return decide_in(DecisionContext(view, progress, day) if position is None else DecisionContext(view, progress, day, position))


def decide_in(context: DecisionContext) -> Decision:
    """The same for a context that has been moved to the day."""
    while True:
        before = len(context.events)
        context.clear()
        _round(context)
        # A second round answers nothing on a plain chain, and most decisions are of one.
        if len(context.events) == before or _still(context):
            break
    due = min((later for later in context.later if later > context.day), default=None)
    return Decision(tuple(context.events), due, _sorted_claims(context), _first_todos(context), context.progress)


def _still(context: DecisionContext) -> bool:
    """Whether one round is known to be enough: a plain chain under way, where nothing acts backwards."""
    plan = context.view.own
    return not (plan.jumps or plan.parallel or plan.shared or context.progress.exit) and bool(context.progress.get("admitted"))


def _sorted_claims(context: DecisionContext) -> tuple[Claim, ...]:
    return tuple(sorted(context.claims)) if len(context.claims) > 1 else tuple(context.claims)


def _first_todos(context: DecisionContext) -> tuple[Todo, ...]:
    for lost in orphaned_facts(context.view, context.progress):
        context.todo(lost.todo, context.view.own.steps.get(lost.step, lost.step), lost.attempt, lost.since)
    if len(context.todos) < 2:  # noqa: PLR2004 - one needs no sorting
        return tuple(context.todos)
    found: dict[tuple[str, str, int], Todo] = {}
    for todo in context.todos:
        found.setdefault(todo[:3], todo)
    return tuple(todo for _, todo in sorted(found.items()))


def _round(context: DecisionContext) -> None:
    status = context.progress.status
    if status in UNADMITTED:
        _before_admission(context)
        status = context.progress.status
        if status not in UNDER_WAY:
            return
        # What was gathered before admission is of a queue that she has left.
        context.clear()
    if status in UNDER_WAY:
        if _left(context) or _dropped(context):
            return
        _under_way(context)
        if not context.progress.exit:
            claim_shared_steps(context)
            return
    elif status is Status.MISREGISTERED or not context.progress.get("admitted"):
        return
    context.stops = False
    decide_parallel_steps(context)
    _follow_up(context)
    _facts_after_exit(context)
    claim_shared_steps(context)


def _before_admission(context: DecisionContext) -> None:
    if not _left(context):
        admission.decide_admission(context)
        _transfers(context)
        remind_of_unread_facts(context)
    if context.progress.status is Status.ACCEPTED:
        claim_shared_steps(context)


def _under_way(context: DecisionContext) -> None:
    decide_chain(context)
    if context.progress.exit:
        return
    context.stops = starts_blocked(context)
    decide_parallel_steps(context)
    admission.claim_intake_place(context)
    _keeps_place(context)
    since = paused_since(context.progress)
    if since:
        context.todo("return", "", 0, since, planned_return(context.progress))
    _transfers(context)
    remind_of_unread_facts(context)


def _transfers(context: DecisionContext) -> None:
    if transfer := context.transfer:
        context.todo("transfer", "", 0, transfer.effective)


def _left(context: DecisionContext) -> bool:
    """A transfer to another track here ends this enrolment on the day of admission there (rule R46)."""
    transfer = context.progress.get("transfer")
    if transfer is None or context.progress.exit or not context.has_come(context.view.elsewhere):
        return False
    context.emit("left", to=transfer.value["to"])
    return True


def _dropped(context: DecisionContext) -> bool:
    admitted = context.progress.value("admitted") or {}
    start = admitted.get("start", "")
    if not start or not context.view.cancelled(start, context.day):
        return False
    admission.drop_start(context, start)
    return True


def _keeps_place(context: DecisionContext) -> None:
    """Only a clear false gives a proposal, and so does the longest time (rules R41, R54)."""
    over = longest_over(context)
    if over and context.has_come(over):
        context.todo("longest", "", 0, over, over)
    if since := [since for _, _, since in lost_conditions(context)]:
        context.todo("ongoing", "", 0, min(since))


def lost_conditions(context: DecisionContext) -> list[tuple[str, Rule, date]]:
    """List the conditions to keep the place that are clearly false and not excepted: the text, the rule, the day from which it is false."""
    excepted = [rule for rule, _ in context.progress.named("exception")]
    rules = context.view.shared.ongoing.without(excepted)
    if "*ongoing" in excepted or context.holds(rules) is not False:
        return []
    return [(text, rule, _false_since(context, rule)) for text, rule in rules.rules if rule.holds(context.situation) is False]


def _false_since(context: DecisionContext, rule: Rule) -> date:
    """The day from which a condition to keep the place is false.

    That is the day of the last of what it asks about, and not before admission, or the later one on which time alone made it false.
    """
    said = (context.progress.get(f"fact:{name}") for name in rule.names)
    days = [one.effective for one in said if one] + list(filter(None, [context.progress.on("admitted")]))
    turn = max(days, default=None)
    since, was = turn or context.day, False
    while turn and turn <= context.day:
        then = Situation(context.view, context.progress, turn)
        now = rule.holds(then) is False
        since, was = (turn if now and not was else since), now
        turn = rule.flips(then)
    return since


# A track that follows up at exit alone still leaves time to ask for what its last step gave.
_TIME_TO_ASK: Final = Length(1, "months")


def _facts_after_exit(context: DecisionContext) -> None:
    """What a step gave, and what goals cannot read, is asked for to the last follow-up too, and for a month at least (rules R16, R47)."""
    out = context.progress.exit
    if out is None or out.value["kind"] == "left":
        return
    runs = ((step, context.progress.attempts(step.id)) for step in context.view.own.steps.values() if step.gives)
    # A run that the exit itself broke off has given nothing; one that somebody reported so is asked as any other.
    ended = ((step, n, context.progress.value("ended", step.id, n)) for step, n in runs if n)
    over = [(step, n) for step, n, end in ended if end and (end["result"] != "interrupted" or report_of(context.progress, step.id, n))]
    given = [(step, n) for step, n in over if facts_not_given(context, step, n)]
    asked_until = max(last_follow_up(context) or out.effective, add(out.effective, _TIME_TO_ASK))
    if (given or unread_facts(context)) and not context.has_come(asked_until):
        for step, n in given:
            remind_of_facts(context, step, n)
        remind_of_unread_facts(context)


def _outcome_known(context: DecisionContext, out: Field) -> bool:
    """Whether the outcome of the day of exit is known: said of that day, or with the last report where that completed her (rule R45)."""
    said = context.situation.outcomes()
    if not said:
        return False
    first = out.effective
    if out.value["kind"] == "completed":
        # A person may decide some days after the last report that nothing more follows.
        runs = ((step.id, context.progress.attempts(step.id)) for step in context.view.own.chain)
        ended = (context.progress.get("ended", *run) for run in runs)
        first = max((field.effective for field in ended if field and field.value["result"] != "skipped"), default=first)
    return any(first <= one.day <= out.effective for one in said)


def _follow_up(context: DecisionContext) -> None:
    """Follow-ups ask how it was on a day that never moves; what moves to a working day is when it is due (rule R4)."""
    out = context.progress.exit
    # Who left for another track is followed up there.
    if out is None or out.value["kind"] == "left":
        return
    for length in context.view.own.track.follow_up:
        last = roll(add(out.effective, length) if length else out.effective)
        if not context.has_come(last):
            continue
        point = str(length) if length else "exit"
        if context.progress.get(f"followed:{point}") or (length is None and _outcome_known(context, out)):
            continue
        if not context.progress.get(f"follow_due:{point}"):
            context.emit("follow_up_due", point=point)
        if not context.progress.get(f"missed:follow_up {point}") and context.has_come(day_after(last)):
            context.emit("deadline_missed", what=f"follow_up {point}", last=last.isoformat())
        context.todo(TodoKind("follow_up", point), "", 0, last, last)
