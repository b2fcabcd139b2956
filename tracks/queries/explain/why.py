"""Why somebody is not further: what is waited for, since when, and who can change it. Pure: decides nothing, writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.decision_context import Desk
from tracks.engine.context.inputs import parse_day
from tracks.engine.context.plan import All
from tracks.engine.rules.admission import only_start, standing_proposal
from tracks.events.fold import paused_since, planned_return, start_of
from tracks.events.resources import parse
from tracks.events.status import CLOSED, Status
from tracks.events.todos import TodoKind
from tracks.queries.explain.known_facts import names_asked
from tracks.queries.explain.queues import intake_lines, place_of, place_values
from tracks.queries.explain.why_step import ENGINE, Reason, StepWhy, contacts, running, step_reasons
from tracks.queries.explain.why_step import about as about_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment


def reasons(view: View, one: Enrolment, rows: Sequence[Row], today: date, step: str | None = None) -> tuple[Reason, ...]:
    """Everything that an enrolment waits for; or all there is to say of one step. `rows` are the claims of the track."""
    desk = Desk(view, one.progress, today)
    if step is not None:
        return tuple(about_step(StepWhy(desk, rows, one), step))
    found = [*_next(one, today), *_by_status(desk, one, rows)]
    return tuple(found) or (Reason("nothing"),)


def _next(one: Enrolment, today: date) -> Iterator[Reason]:
    if one.due and one.due <= today:
        yield Reason("next", since=one.due, who=ENGINE)


def _by_status(desk: Desk, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    status = desk.progress.status
    if status in CLOSED:
        yield from _closed(desk, one)
        yield from _beside(StepWhy(desk, rows, one))
        return
    transfer, said = desk.transfer, desk.progress.get("transfer")
    if said and not transfer:
        yield Reason("transfer_fell", since=desk.view.returned, values={"to": said.value["to"]})
    if transfer:
        yield Reason("transfer", since=transfer.effective, who=desk.owner, values={"to": transfer.value["to"]})
    if status in (Status.ACTIVE, Status.PAUSED):
        yield from _under_way(desk, one, rows)
    else:
        yield from _before_place(desk, one, rows, status)


def _closed(desk: Desk, one: Enrolment) -> Iterator[Reason]:
    close = desk.progress.exit
    reason = str(close.value.get("reason", "")) if close else ""
    since = close.effective if close else desk.progress.on("misregistered") or desk.progress.on("intake")
    to = (close.value.get("to") or "") if close else ""
    yield Reason("closed", since=since, values={"status": str(desk.progress.status), "reason": reason, "to": to})
    for todo in sorted(one.todos, key=lambda todo: (todo.due or todo.since, todo.kind)):
        base, point = TodoKind.parse(todo.kind)
        if base == "follow_up":
            yield Reason("follow_up", since=todo.since, until=todo.due, who=todo.role, values={"point": point})


def _under_way(desk: Desk, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    since = paused_since(desk.progress)
    if since:
        yield Reason("paused", since=since, until=planned_return(desk.progress), who=desk.owner)
    yield from _ongoing(desk)
    yield from step_reasons(StepWhy(desk, rows, one))
    yield from contacts(one)


def _ongoing(desk: Desk) -> Iterator[Reason]:
    """The conditions to keep the place that are clearly false; a named person decides (rule R41)."""
    excepted = [rule for rule, _ in desk.progress.named("exception")]
    for text, rule in () if "*ongoing" in excepted else desk.view.shared.ongoing.without(excepted).rules:
        if rule.holds(desk.situation) is False:
            yield Reason("ongoing", who=desk.owner, values={"rule": text, "asks": names_asked(All(((text, rule),)))})


def _beside(ask: StepWhy) -> Iterator[Reason]:
    """What goes on after exit, and the contacts that are due in it."""
    for step in ask.desk.view.own.track.steps:
        if step.beside and step.subject == "participant":
            yield from running(ask, step)
    yield from contacts(ask.one)


def _before_place(desk: Desk, one: Enrolment, rows: Sequence[Row], status: Status) -> Iterator[Reason]:
    if status is Status.OFFERED:
        yield _offered(desk)
        return
    lapsed = desk.progress.get("intake")
    interested = desk.progress.on("interested")
    if (
        status is Status.WAITING
        and lapsed
        and lapsed.value["kind"] == "offer_lapsed"
        and not (interested and interested >= lapsed.effective)
    ):
        yield Reason("interest", since=lapsed.effective, who=desk.owner)
        return
    unmet = list(_entry(desk))
    yield from unmet
    if unmet:
        return
    if status is Status.REFERRED:
        yield from _period(desk)
    elif status is Status.WAITING:
        yield from _queue(desk, one, rows)
    elif status is Status.ACCEPTED:
        yield from _accepted(desk)


def _offered(desk: Desk) -> Reason:
    offer = desk.progress.get("intake")
    assert offer is not None  # noqa: S101 - an offer is what made the status
    start = start_of(desk.progress)
    return Reason("offered", since=offer.effective, until=parse_day(offer.value["until"]), who=desk.owner, values={"start": start})


def _entry(desk: Desk) -> Iterator[Reason]:
    """The entry conditions that are not met; a named person may make an exception (rule R37)."""
    excepted = [rule for rule, _ in desk.progress.named("exception")]
    if "*" in excepted:
        return
    for text, rule in desk.view.shared.entry.without(excepted).rules:
        answer = rule.holds(desk.situation)
        if answer is not True:
            missing = list(rule.missing(desk.situation)) if answer is None else []
            code = "entry.false" if answer is False else "entry.unknown"
            values = {"rule": text, "facts": missing, "asks": names_asked(All(((text, rule),)))}
            yield Reason(code, since=desk.progress.on("referred"), who=desk.owner, values=values)


def _period(desk: Desk) -> Iterator[Reason]:
    period = desk.view.shared.track.period
    if (period.first and desk.day < period.first) or (period.until and desk.day >= period.until):
        yield Reason("period", since=desk.progress.on("referred"), who=desk.owner, values={"first": period.first, "until": period.until})


def _queue(desk: Desk, one: Enrolment, rows: Sequence[Row]) -> Iterator[Reason]:
    proposal = standing_proposal(desk.progress)
    if proposal and only_start(desk) in ("", proposal.value["start"]):
        yield Reason("proposed", since=proposal.effective, who=desk.owner, values={"start": proposal.value["start"]})
    for line in intake_lines(desk.view, rows, desk.day):
        place = place_of(line.people, one.stream)
        if place is None:
            continue
        if line.state == "none":
            yield from _period(desk) if desk.view.shared.track.intake.rolling else _no_start(desk)
        start = parse(line.resource)[0]
        if line.state == "unsigned":
            yield Reason("unsigned", since=desk.progress.on("referred"), who=desk.owner, values={"start": start})
        values = {"start": start, "opens": line.opens, **place_values(desk.view, line, place)}
        yield Reason("queue", since=desk.progress.on("referred"), who=ENGINE, values=values)


def _no_start(desk: Desk) -> Iterator[Reason]:
    """Every start that was declared has closed or been cancelled."""
    intake = desk.view.shared.track.intake
    names = [name for start in intake.starts if not desk.view.cancelled(name := start.date.isoformat(), desk.day)]
    last = max((desk.view.closes(desk.view.start_day(name, desk.day)) for name in names), default=None)
    if last and last <= desk.day:
        yield Reason("no_start", since=last, who=desk.owner)
    else:
        yield Reason("no_window", since=desk.progress.on("referred"), who=desk.owner, values={"day": None})


def _accepted(desk: Desk) -> Iterator[Reason]:
    accepted = desk.progress.get("intake")
    assert accepted is not None  # noqa: S101 - an answer is what made the status
    start = start_of(desk.progress)
    if start and desk.view.held(start, desk.day):
        named, intake = desk.view.start_named(start), desk.view.shared.track.intake
        minimum = intake.minimum_of(named) if named else intake.minimum
        yield Reason("held", since=desk.view.state.on(f"held:{start}"), who=desk.owner, values={"start": start, "minimum": minimum})
    elif start:
        day = desk.view.start_day(start, desk.day)
        yield Reason("accepted", since=accepted.effective, who=ENGINE, values={"start": start, "day": day})
