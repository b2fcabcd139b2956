"""`decide`: what follows for one person on one day. Pure; no ids; no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.calendar import add, roll
from tracks.engine.context.decision_context import Decision, Desk
from tracks.engine.rules import admission
from tracks.engine.rules.chain import not_free, walk
from tracks.engine.rules.orphaned_facts import stranded
from tracks.engine.rules.parallel_steps import accompany
from tracks.engine.rules.shared_steps import concern
from tracks.engine.rules.step_entry import add_day
from tracks.events.fold import paused_since, planned_return
from tracks.events.status import UNADMITTED, UNDER_WAY, Status
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Claim, Todo


def decide(view: View, progress: Progress, day: date, position: int | None = None) -> Decision:
    """The consequences that hold on `day` with what is known, and the next day on which there could be more.

    Empty on every day before the `due` of the last decision, and empty again once its events are appended. With the
    `position` of the stream's last event, the progress answered is the one after appending.
    """
    return decide_on(Desk(view, progress, day) if position is None else Desk(view, progress, day, position))


def decide_on(desk: Desk) -> Decision:
    """The same for a desk that has been turned to the day."""
    while True:
        before = len(desk.events)
        desk.clear()
        _round(desk)
        if len(desk.events) == before or _still(desk):
            break
    due = min((later for later in desk.later if later > desk.day), default=None)
    return Decision(tuple(desk.events), due, _sorted_claims(desk), _first_todos(desk), desk.progress)


def _still(desk: Desk) -> bool:
    """Whether one round is known to be enough: a plain chain under way, where nothing acts backwards."""
    plan = desk.view.own
    return not (plan.jumps or plan.beside or plan.subject or desk.progress.exit) and bool(desk.progress.get("admitted"))


def survey(view: View, progress: Progress, day: date) -> tuple[tuple[Claim, ...], tuple[Todo, ...]]:
    """The claims and todos of a progress as it stands, with whatever follows from it not yet concluded."""
    desk = Desk(view, progress, day)
    events = len(desk.events)
    _round(desk)
    if len(desk.events) == events:
        return _sorted_claims(desk), _first_todos(desk)
    decided = decide(view, progress, day)
    return decided.claims, decided.todos


def _sorted_claims(desk: Desk) -> tuple[Claim, ...]:
    return tuple(sorted(desk.claims)) if len(desk.claims) > 1 else tuple(desk.claims)


def _first_todos(desk: Desk) -> tuple[Todo, ...]:
    for lost in stranded(desk.view, desk.progress):
        desk.todo(lost.todo, desk.view.own.steps.get(lost.step, lost.step), lost.attempt, lost.since)
    if len(desk.todos) < 2:  # noqa: PLR2004 - one needs no sorting
        return tuple(desk.todos)
    found: dict[tuple[str, str, int], Todo] = {}
    for todo in desk.todos:
        found.setdefault(todo[:3], todo)
    return tuple(todo for _, todo in sorted(found.items()))


def _round(desk: Desk) -> None:
    status = desk.progress.status
    if status in UNADMITTED:
        _before_admission(desk)
        status = desk.progress.status
        if status not in UNDER_WAY:
            return
        desk.clear()
    if status in UNDER_WAY:
        if _left(desk) or _dropped(desk):
            return
        _under_way(desk)
        if not desk.progress.exit:
            concern(desk)
            return
    elif status is Status.MISREGISTERED or not desk.progress.get("admitted"):
        return
    desk.stops = False
    accompany(desk)
    _follow_up(desk)
    concern(desk)


def _before_admission(desk: Desk) -> None:
    if not _left(desk):
        admission.consider(desk)
        _transfers(desk)
    if desk.progress.status is Status.ACCEPTED:
        concern(desk)


def _under_way(desk: Desk) -> None:
    walk(desk)
    if desk.progress.exit:
        return
    desk.stops = not_free(desk)
    accompany(desk)
    admission.hold_admitted(desk)
    _keeps_place(desk)
    since = paused_since(desk.progress)
    if since:
        desk.todo("return", "", 0, since, planned_return(desk.progress))
    _transfers(desk)


def _transfers(desk: Desk) -> None:
    if transfer := desk.transfer:
        desk.todo("transfer", "", 0, transfer.effective)


def _left(desk: Desk) -> bool:
    """A transfer to another track here ends this enrolment on the day of admission there (rule R46)."""
    transfer = desk.progress.get("transfer")
    if transfer is None or desk.progress.exit or not desk.comes(desk.view.elsewhere):
        return False
    desk.emit("left", to=transfer.value["to"])
    return True


def _dropped(desk: Desk) -> bool:
    admitted = desk.progress.value("admitted") or {}
    start = admitted.get("start", "")
    if not start or not desk.view.cancelled(start, desk.day):
        return False
    admission.drop(desk, start)
    return True


def _keeps_place(desk: Desk) -> None:
    """Only a clear false gives a proposal (rule R41)."""
    rules = desk.view.shared.ongoing
    if not rules:
        return
    excepted = [rule for rule, _ in desk.progress.named("exception")]
    if "*ongoing" not in excepted and desk.ask(rules.without(excepted)) is False:
        desk.todo("ongoing", "", 0, desk.progress.on("admitted") or desk.day)


def _follow_up(desk: Desk) -> None:
    """Follow-ups ask how it was on a day that never moves; what moves to a working day is when it is due (rule R4)."""
    out = desk.progress.exit
    if out is None or out.value["kind"] == "left":
        return
    for length in desk.view.own.track.follow_up:
        last = roll(add(out.effective, length) if length else out.effective)
        if not desk.comes(last):
            continue
        point = str(length) if length else "exit"
        if desk.progress.get(f"followed:{point}"):
            continue
        if not desk.progress.get(f"follow_due:{point}"):
            desk.emit("follow_up_due", point=point)
        if not desk.progress.get(f"missed:follow_up {point}") and desk.comes(add_day(last)):
            desk.emit("deadline_missed", what=f"follow_up {point}", last=last.isoformat())
        desk.todo(TodoKind("follow_up", point), "", 0, last, last)
