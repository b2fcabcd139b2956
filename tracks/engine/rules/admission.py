"""Before admission: the entry conditions, the waiting list, offers, and the day of admission (rules R35-R42)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.engine.context.inputs import parse_day
from tracks.engine.rules.step_entry import add_day, rank_of
from tracks.events.fold import start_of
from tracks.events.ranks import NO_QUEUE
from tracks.events.resources import IntakePlace
from tracks.events.snapshots import Claim
from tracks.events.status import Status
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.decision_context import Desk
    from tracks.events.fold import Field, Progress


def consider(desk: Desk) -> None:
    """Take a person who has no place yet as far as the day allows."""
    status = desk.progress.status
    if status is Status.REFERRED:
        _referred(desk)
    elif status is Status.WAITING:
        _waiting(desk)
    elif status is Status.OFFERED:
        _offered(desk)
    elif status is Status.ACCEPTED:
        _accepted(desk)


def entry_holds(desk: Desk) -> bool:
    """Whether the entry conditions are true or excepted; otherwise a named person decides (rule R37)."""
    excepted = [rule for rule, _ in desk.progress.named("exception")]
    if "*" in excepted:
        return True
    rules = desk.view.shared.entry.without(excepted)
    if desk.ask(rules) is True:
        return True
    referred = desk.progress.on("referred") or desk.day
    for name in rules.missing(desk.situation):
        desk.todo(TodoKind("fact", name), "", 0, referred)
    desk.todo("entry", "", 0, referred)
    return False


def _in_period(desk: Desk) -> bool:
    period = desk.view.shared.track.period
    if period.first and not desk.comes(period.first):
        return False
    return not (period.until and desk.day >= period.until)


def _referred(desk: Desk) -> None:
    if desk.transfer or not entry_holds(desk):
        return
    if desk.view.shared.queues:
        desk.emit("waitlisted")
    elif _in_period(desk):
        desk.emit("admitted")


def _waiting(desk: Desk) -> None:
    referred = desk.progress.on("referred") or desk.day
    lapsed = desk.progress.get("intake")
    if lapsed and lapsed.value["kind"] == "offer_lapsed":
        interested = desk.progress.on("interested")
        if interested is None or interested < lapsed.effective:
            desk.todo("interest", "", 0, lapsed.effective)
            return
    proposed = standing_proposal(desk.progress)
    if desk.transfer or not entry_holds(desk):
        if proposed:
            # Still a claim, so that the proposal is taken back, but not in any queue.
            desk.claims.append(Claim(str(IntakePlace(proposed.value["start"])), "proposed", 0, proposed.effective, rank_of(desk, NO_QUEUE)))
        return
    only = only_start(desk)
    rank = rank_of(desk, only)
    if proposed:
        if only in ("", proposed.value["start"]):
            desk.todo("offer", "", 0, proposed.effective)
        desk.claims.append(Claim(str(IntakePlace(proposed.value["start"])), "proposed", 0, proposed.effective, rank))
    else:
        desk.claims.append(Claim(str(IntakePlace(only)), "waiting", 0, referred, rank))


def only_start(desk: Desk) -> str:
    """The only start that a person waits for, as she was moved; none once it is cancelled or closed, so that nobody waits for nothing."""
    moved = desk.progress.value("moved")
    start = str(moved["start"]) if moved else ""
    if not start or desk.view.cancelled(start, desk.day) or desk.comes(desk.view.closes(desk.view.start_day(start, desk.day))):
        return ""
    return start


def standing_proposal(progress: Progress) -> Field | None:
    """The proposal that a person may act on: not taken back, and not older than the offer that lapsed (rule R39)."""
    proposal, lapsed = progress.get("proposal"), progress.get("intake")
    if proposal is None or proposal.value["kind"] != "proposed":
        return None
    return None if lapsed and proposal.effective < lapsed.effective else proposal


def _hold(desk: Desk, start: str, since: date, standing: str) -> None:
    desk.claims.append(Claim(str(IntakePlace(start)), "holding", 0, since, standing))


def _offered(desk: Desk) -> None:
    offer = desk.progress.get("intake")
    if offer is None:
        return
    start = start_of(desk.progress)
    if start and desk.view.cancelled(start, desk.day):
        drop(desk, start)
    elif desk.comes(add_day(parse_day(offer.value["until"]))):
        desk.emit("offer_lapsed", start=start)
    else:
        desk.todo("answer", "", 0, offer.effective, parse_day(offer.value["until"]))
        _hold(desk, start, offer.effective, "offered")


def _accepted(desk: Desk) -> None:
    accepted = desk.progress.get("intake")
    if accepted is None:
        return
    start = start_of(desk.progress)
    if start and desk.view.cancelled(start, desk.day):
        drop(desk, start)
        return
    _hold(desk, start, accepted.effective, "accepted")
    day = desk.view.start_day(start, desk.day) if start else accepted.effective
    if not desk.comes(day) or desk.transfer:
        return
    if start and not desk.view.open_for_admission(start, desk.day):
        return
    if not start and not _in_period(desk):
        desk.todo("entry", "", 0, accepted.effective)
        return
    if entry_holds(desk):
        data: dict[str, Any] = {"start": start} if start else {}
        desk.emit("admitted", **data)


def drop(desk: Desk, start: str) -> None:
    """A cancelled start ends what its members had; the event carries the named person's fact (rule on `start_dropped`)."""
    desk.emit("start_dropped", start=start, reason="cohort_cancelled")


def hold_admitted(desk: Desk) -> None:
    """The intake place that an admitted person holds until exit (rule R36)."""
    admitted = desk.progress.get("admitted")
    if admitted and desk.view.shared.queues:
        _hold(desk, admitted.value.get("start", ""), admitted.effective, "active")
