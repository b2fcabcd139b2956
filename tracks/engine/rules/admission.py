"""Before admission: the entry conditions, the waiting list, offers, and the day of admission (rules R35-R42)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.engine.context.inputs import parse_day
from tracks.engine.rules.step_entry import day_after, rank_of
from tracks.events.fold import asked_for_interest, round_of_offers, standing_proposal, start_of
from tracks.events.ranks import NO_QUEUE
from tracks.events.resources import IntakePlace
from tracks.events.snapshots import Claim
from tracks.events.status import Status
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.decision_context import DecisionContext


def decide_admission(context: DecisionContext) -> None:
    """Take a person who has no place yet as far as the day allows."""
    status = context.progress.status
    if status is Status.REFERRED:
        _referred(context)
    elif status is Status.WAITING:
        _waiting(context)
    elif status is Status.OFFERED:
        _offered(context)
    elif status is Status.ACCEPTED:
        _accepted(context)


def entry_holds(context: DecisionContext) -> bool:
    """Whether the entry conditions are true or excepted; otherwise a named person decides (rule R37)."""
    excepted = [rule for rule, _ in context.progress.named("exception")]
    # An exception from all conditions at once, as a person said it.
    if "*" in excepted:
        return True
    rules = context.view.shared.entry.without(excepted)
    if context.holds(rules) is True:
        return True
    referred = context.progress.on("referred") or context.day
    for name in rules.missing(context.situation):
        context.todo(TodoKind("fact", name), "", 0, referred)
    context.todo("entry", "", 0, referred)
    return False


def _in_period(context: DecisionContext) -> bool:
    period = context.view.shared.track.period
    if period.first and not context.has_come(period.first):
        return False
    return not (period.until and context.day >= period.until)


def _referred(context: DecisionContext) -> None:
    if context.transfer or not entry_holds(context):
        return
    if context.view.shared.queues:
        context.emit("waitlisted")
    elif _in_period(context):
        context.emit("admitted")
    else:
        _remind_of_the_door(context)


def _waiting(context: DecisionContext) -> None:
    referred = context.progress.on("referred") or context.day
    if gone := asked_for_interest(context.progress):
        context.todo("interest", "", 0, gone.effective)
        return
    proposed = standing_proposal(context.progress)
    if context.transfer or not entry_holds(context):
        if proposed:
            # Still a claim, so that the proposal is taken back, but not in any queue.
            context.claims.append(
                Claim(str(IntakePlace(proposed.value["start"])), "proposed", 0, proposed.effective, rank_of(context, NO_QUEUE))
            )
        return
    only = only_start(context)
    rank = rank_of(context, only)
    if proposed:
        if only in ("", proposed.value["start"]):
            context.todo("offer", "", 0, proposed.effective)
        context.claims.append(Claim(str(IntakePlace(proposed.value["start"])), "proposed", 0, proposed.effective, rank))
    else:
        context.claims.append(Claim(str(IntakePlace(only)), "waiting", 0, referred, rank))
        _ask_for_ranks(context, referred)
        _remind_of_the_door(context)


def _ask_for_ranks(context: DecisionContext, since: date) -> None:
    """What the order compares and nobody has said puts her last, so it is asked for where places are few."""
    facts, intake = context.view.shared.track.facts, context.view.shared.track.intake
    if intake.places is None and all(start.places is None for start in intake.starts):
        return
    for name in context.view.shared.ranked:
        if context.progress.get(f"fact:{name}") is None and name in facts:
            context.todo(TodoKind("fact", name), "", 0, since)


def _remind_of_the_door(context: DecisionContext) -> None:
    """Whoever waits when nobody can come in any more waits for a person: for a new start, or for a no."""
    days = [_closes(context, start.date.isoformat()) for start in context.view.shared.track.intake.starts]
    if context.view.shared.track.intake.rolling:
        days = [context.view.shared.track.period.until]
    over = [day for day in days if context.has_come(day) and day]
    if days and len(over) == len(days):
        context.todo("no_start", "", 0, max(*over, context.progress.on("referred") or context.day))


def _closes(context: DecisionContext, start: str) -> date | None:
    """The day from which nobody comes in on a start any more: because it is cancelled, or too long ago."""
    if context.view.cancelled(start, context.day):
        return context.view.state.on(f"cancelled:{start}")
    return context.view.closes(context.view.start_day(start, context.day))


def only_start(context: DecisionContext) -> str:
    """The only start that a person waits for, as she was moved; none once it is cancelled or closed, so that nobody waits for nothing."""
    moved = context.progress.value("moved")
    start = str(moved["start"]) if moved else ""
    if (
        not start
        or context.view.cancelled(start, context.day)
        or context.has_come(context.view.closes(context.view.start_day(start, context.day)))
    ):
        return ""
    return start


def _hold(context: DecisionContext, start: str, since: date, standing: str) -> None:
    context.claims.append(Claim(str(IntakePlace(start)), "holding", 0, since, standing))


def _offered(context: DecisionContext) -> None:
    offer = context.progress.get("intake")
    if offer is None:
        return
    start = start_of(context.progress)
    if start and context.view.cancelled(start, context.day):
        drop_start(context, start)
    elif context.has_come(day_after(parse_day(offer.value["until"]))):
        context.emit("offer_lapsed", start=start, **round_of_offers(context.progress))
    else:
        context.todo("answer", "", 0, offer.effective, parse_day(offer.value["until"]))
        _hold(context, start, offer.effective, "offered")


def _accepted(context: DecisionContext) -> None:
    accepted = context.progress.get("intake")
    if accepted is None:
        return
    start = start_of(context.progress)
    if start and context.view.cancelled(start, context.day):
        drop_start(context, start)
        return
    _hold(context, start, accepted.effective, "accepted")
    day = context.view.start_day(start, context.day) if start else accepted.effective
    if not context.has_come(day) or context.transfer:
        return
    # Below the minimum nobody comes in until a person decides (rule R40).
    if start and not context.view.open_for_admission(start, context.day):
        return
    if not start and not _in_period(context):
        context.todo("entry", "", 0, accepted.effective)
        return
    if entry_holds(context):
        data: dict[str, Any] = {"start": start} if start else {}
        context.emit("admitted", **data)


def drop_start(context: DecisionContext, start: str) -> None:
    """A cancelled start ends what its members had; whoever had not come in waits again, and is asked about the next (rule R39)."""
    more: dict[str, Any] = {} if context.progress.get("admitted") else {"round": round_of_offers(context.progress).get("round", 0) + 1}
    context.emit("start_dropped", start=start, reason="cohort_cancelled", **more)


def claim_intake_place(context: DecisionContext) -> None:
    """The intake place that an admitted person holds until exit (rule R36)."""
    admitted = context.progress.get("admitted")
    if admitted and context.view.shared.queues:
        _hold(context, admitted.value.get("start", ""), admitted.effective, "active")
