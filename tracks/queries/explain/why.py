"""Why somebody is not further: what is waited for, since when, and who can change it. Pure: decides nothing, writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.fact_values import admits, describe_fact_values
from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.context.inputs import parse_day
from tracks.engine.context.plan import ConditionList
from tracks.engine.loop.advance import BATCH
from tracks.engine.loop.decide import decide, lost_conditions
from tracks.engine.rules.admission import only_start
from tracks.engine.rules.allocation import decide_grants, joined
from tracks.engine.rules.obligations import longest_over
from tracks.events.fold import asked_for_interest, paused_since, planned_return, standing_proposal, start_of
from tracks.events.resources import parse
from tracks.events.status import CLOSED, Status
from tracks.events.todos import TodoKind
from tracks.queries.explain.known_facts import names_asked
from tracks.queries.explain.queues import intake_lines, place_of, place_values
from tracks.queries.explain.why_step import ENGINE, Reason, StepWhy, contacts, running, step_reasons
from tracks.queries.explain.why_step import about as about_step
from tracks.queries.status import follows, status_since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.context.ports import Ledger
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment


def reasons(
    view: View, one: Enrolment, rows: Sequence[Row], today: date, step: str | None = None, *, pending: bool = False
) -> tuple[Reason, ...]:
    """Answer everything that an enrolment waits for; or all there is to say of one step.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        one: The enrolment.
        rows: The claims on what the track shares, each with its stream.
        today: The day it is: what was to be done before it is late.
        step: The id of the step; None means the enrolment as a whole.
        pending: Whether the track has a slice that is not over.

    Returns:
        The reasons, the nearest first.

    """
    context = DecisionContext(view, one.progress, today)
    # Whoever asks about one step wants all of it, also what has ended.
    if step is not None:
        return tuple(about_step(StepWhy(context, rows, one), step))
    found = [*_next(view, one, today, pending=pending), *_by_status(context, one, rows)]
    told = {name for reason in found for name in reason.values.get("facts", ())}
    return (*found, *_facts(context, one, told)) or (Reason("nothing"),)


def track_moves_on(ledger: Ledger, track: str, today: date) -> bool:
    """Whether anything follows of a fact of a track, for those whom it has woken or by what is shared; decided, and not written.

    Args:
        ledger: Where tracks and enrolments are read.
        track: The id of the track.
        today: The day it is.

    """
    row = ledger.track(track)
    if row is None:
        return False
    given = decide_grants(track_view(ledger, row, None), ledger.claims(track), today) if row.coupled else None
    woken = ledger.due([track], today, BATCH)
    return bool(given and (given.people or given.track)) or any(
        decide(person_view(ledger, row, one), one.progress, today).events for one in woken
    )


def _next(view: View, one: Enrolment, today: date, *, pending: bool) -> Iterator[Reason]:
    # The engine comes first: what else is told may fall once it has been here; where it is behind, only it can say what follows.
    behind = one.due is not None and one.due <= today and decide(view, one.progress, today).events
    if behind or follows(one, today, pending=pending):
        yield Reason("next", since=min(one.due or today, today), who=ENGINE)


def _facts(context: DecisionContext, one: Enrolment, told: Collection[str]) -> Iterator[Reason]:
    """The facts to find out: what is no answer to the version that asks is said anew (rule R47); of others those not told already."""
    for todo in {todo.kind: todo for todo in reversed(one.todos)}.values():
        base, name = TodoKind.parse(todo.kind)
        if base != "fact":
            continue
        said = context.progress.get(todo.kind)
        asked = (version.track.facts.get(name) for version in (context.view.own, context.view.shared))
        fact = next((fact for fact in asked if said and fact and not admits(fact, said.value)), None)
        if said and fact:
            values = {"facts": [name], "value": said.value, "expected": describe_fact_values(fact)}
            yield Reason("unread", since=said.effective, who=context.owner, values=values)
        elif name not in told:
            yield Reason("asked", todo.step, since=todo.since, who=todo.role, values={"facts": [name]})


def _by_status(context: DecisionContext, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    status = context.progress.status
    if status in CLOSED:
        yield from _closed(context, one)
        yield from _beside(StepWhy(context, rows, one))
        return
    transfer, said = context.transfer, context.progress.get("transfer")
    # Taken back by the other track, which the log of this one does not say: the view looked there.
    if said and not transfer:
        yield Reason("transfer_fell", since=context.view.returned, values={"to": said.value["to"]})
    # It stands beside all else: she goes on here until she is admitted there.
    if transfer:
        yield Reason("transfer", since=transfer.effective, who=context.owner, values={"to": transfer.value["to"]})
    if status in (Status.ACTIVE, Status.PAUSED):
        yield from _under_way(context, one, rows)
    else:
        yield from _before_place(context, one, rows, status)


def _closed(context: DecisionContext, one: Enrolment) -> Iterator[Reason]:
    close = context.progress.exit
    reason = str(close.value.get("reason", "")) if close else ""
    since = close.effective if close else context.progress.on("misregistered") or context.progress.on("intake")
    to = (close.value.get("to") or "") if close else ""
    yield Reason("closed", since=since, values={"status": str(context.progress.status), "reason": reason, "to": to})
    for todo in sorted(one.todos, key=lambda todo: (todo.due or todo.since, todo.kind)):
        base, point = TodoKind.parse(todo.kind)
        if base == "follow_up":
            yield Reason("follow_up", since=todo.since, until=todo.due, who=todo.role, values={"point": point})


def _under_way(context: DecisionContext, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    since = paused_since(context.progress)
    if since:
        yield Reason("paused", since=since, until=planned_return(context.progress), who=context.owner)
    over = longest_over(context)
    if over and over <= context.day:
        yield Reason("longest", since=over, who=context.owner)
    yield from _ongoing(context)
    yield from step_reasons(StepWhy(context, rows, one))
    yield from contacts(one)


def _ongoing(context: DecisionContext) -> Iterator[Reason]:
    """The conditions to keep the place that are clearly false; a named person decides (rule R41)."""
    for text, rule, since in lost_conditions(context):
        asks = names_asked(ConditionList(((text, rule),)))
        yield Reason("ongoing", since=since, who=context.owner, values={"rule": text, "asks": asks})


def _beside(ask: StepWhy) -> Iterator[Reason]:
    """What goes on after exit, and the contacts that are due in it."""
    for step in ask.context.view.own.track.steps:
        if step.beside and step.subject == "participant":
            yield from running(ask, step)
    yield from contacts(ask.one)


def _before_place(context: DecisionContext, one: Enrolment, rows: Sequence[Row], status: Status) -> Iterator[Reason]:
    if status is Status.OFFERED:
        yield _offered(context)
        return
    # Who let an offer lapse is passed over until she says that she still wants a place; that is the one thing to do.
    if status is Status.WAITING and (lapsed := asked_for_interest(context.progress)):
        lost = "dropped" if lapsed.value["kind"] == "start_dropped" else "interest"
        yield Reason(lost, since=lapsed.effective, who=context.owner)
        return
    # Without the entry conditions there is no queue to stand in, so nothing is said of one.
    unmet = list(_entry(context))
    yield from unmet
    if unmet:
        return
    if status is Status.REFERRED:
        yield from _period(context)
    elif status is Status.WAITING:
        yield from _queue(context, one, rows)
    elif status is Status.ACCEPTED:
        yield from _accepted(context, rows)


def _offered(context: DecisionContext) -> Reason:
    offer = context.progress.get("intake")
    assert offer is not None  # noqa: S101 - an offer is what made the status
    start = start_of(context.progress)
    return Reason("offered", since=offer.effective, until=parse_day(offer.value["until"]), who=context.owner, values={"start": start})


def _entry(context: DecisionContext) -> Iterator[Reason]:
    """The entry conditions that are not met; a named person may make an exception (rule R37)."""
    excepted = [rule for rule, _ in context.progress.named("exception")]
    if "*" in excepted:
        return
    for text, rule in context.view.shared.entry.without(excepted).rules:
        answer = rule.holds(context.situation)
        if answer is not True:
            missing = list(rule.missing(context.situation)) if answer is None else []
            code = "entry.false" if answer is False else "entry.unknown"
            values = {"rule": text, "facts": missing, "asks": names_asked(ConditionList(((text, rule),)))}
            # Who has come further met the conditions then; the day on which one ceased to hold stands in no event.
            since = context.progress.on("referred") if context.progress.status is Status.REFERRED else None
            yield Reason(code, since=since, who=context.owner, values=values)


def _period(context: DecisionContext) -> Iterator[Reason]:
    period = context.view.shared.track.period
    if (period.first and context.day < period.first) or (period.until and context.day >= period.until):
        yield Reason(
            "period",
            since=status_since(context.progress, context.progress.status),
            who=context.owner,
            values={"first": period.first, "until": period.until},
        )


def _queue(context: DecisionContext, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    """Where she stands in each line; one reason a line, since only one of them can be true: proposed, not agreed, or waiting."""
    proposal = standing_proposal(context.progress)
    proposed = proposal and only_start(context) in ("", proposal.value["start"]) and proposal.value["start"]
    waiting = status_since(context.progress, context.progress.status)
    for line in intake_lines(context.view, rows, context.day):
        place = place_of(line.people, one.stream)
        if place is None:
            continue
        if line.state == "none":
            yield from _period(context) if context.view.shared.track.intake.rolling else _no_start(context, one)
        start = parse(line.resource)[0]
        values = {"start": start, "opens": line.opens, "state": line.state, **place_values(context.view, line, place)}
        if proposal and line.state == "open" and start == proposed:
            yield Reason("proposed", since=proposal.effective, who=context.owner, values=values)
        elif line.state == "unsigned":
            yield Reason("unsigned", since=waiting, who=context.owner, values=values)
        else:
            yield Reason("queue", since=waiting, who=context.owner if line.state == "none" else ENGINE, values=values)


def _no_start(context: DecisionContext, one: Enrolment) -> Iterator[Reason]:
    """Every start that was declared has closed or been cancelled, as the worklist asks the owner."""
    asked = next((todo for todo in one.todos if todo.kind == "no_start"), None)
    if asked:
        yield Reason("no_start", since=asked.since, who=asked.role)
    else:
        yield Reason("no_window", since=status_since(context.progress, context.progress.status), who=context.owner, values={"day": None})


def _accepted(context: DecisionContext, rows: Sequence[Row]) -> Iterator[Reason]:
    accepted = context.progress.get("intake")
    assert accepted is not None  # noqa: S101 - an answer is what made the status
    start = start_of(context.progress)
    if start and context.view.held(start, context.day):
        values = {"start": start, "minimum": context.view.minimum_of(start), "accepted": joined(rows, start)}
        yield Reason("held", since=context.view.state.on(f"held:{start}"), who=context.owner, values=values)
    elif start:
        day = context.view.start_day(start, context.day)
        yield Reason("accepted", since=accepted.effective, who=ENGINE, values={"start": start, "day": day})
