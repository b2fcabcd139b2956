"""Entering a step: condition, requirement, employer, day, place, start - in this order (rules R10-R13, R21, R33, R34)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from definitions.model.calendar import add, roll
from tracks.engine.context.situation import placement
from tracks.engine.context.step_runs import led
from tracks.events.ranks import QueueRank
from tracks.events.resources import StepPlace
from tracks.events.snapshots import Claim
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from definitions.model.track import Order, Step
    from tracks.engine.context.decision_context import Desk
    from tracks.events.ranks import Criterion


def enter(desk: Desk, step: Step, attempt: int, ready: date, rounds: int = 0, of: int = 1) -> None:
    """Start or skip a run of a step that is ready, or say what it waits for.

    `rounds` is the number of jumps taken so far, `of` the run of the step that this one runs beside.
    """
    marks = {key: n for key, n, plain in (("round", rounds, 0), ("of", of, 1)) if n != plain}
    if desk.progress.get("began", step.id, attempt):
        desk.emit("step_started", step.id, attempt, **marks)
        return
    if desk.progress.get("waived", step.id):
        desk.emit("step_skipped", step.id, attempt, condition="waived", **marks)
        return
    when = desk.ask(desk.view.own.when[step.id])
    if when is False:
        failing = desk.view.own.when[step.id].failing(desk.situation)
        desk.emit("step_skipped", step.id, attempt, condition=failing[0], **marks)
    elif when is None:
        _fact_missing(desk, step, attempt, ready)
    elif _may_start(desk, step, attempt, ready):
        desk.emit("step_started", step.id, attempt, **marks)
    else:
        keep_place(desk, step, attempt, ready)


def _may_start(desk: Desk, step: Step, attempt: int, ready: date) -> bool:
    _start_deadline(desk, step, attempt, ready)
    if desk.ask(desk.view.own.requires[step.id]) is not True:
        desk.todo("requirement", step, attempt, ready)
        return False
    if not _employer_allows(desk, step, attempt, ready) or not _day_allows(desk, step, attempt, ready):
        return False
    if not _has_place(desk, step, attempt, ready):
        return False
    if step.start_within:
        desk.todo("start", step, attempt, ready, desk.deadline(ready, step.start_within))
        return False
    return True


def _fact_missing(desk: Desk, step: Step, attempt: int, ready: date) -> None:
    _start_deadline(desk, step, attempt, ready)
    for name in desk.view.own.when[step.id].missing(desk.situation):
        giver = next((s for s in desk.view.own.track.steps if name in s.gives), None)
        if giver:
            desk.todo(TodoKind("fact", name), giver, max(1, desk.progress.attempts(giver.id)), ready)
        else:
            desk.todo(TodoKind("fact", name), "", 0, ready)


def _start_deadline(desk: Desk, step: Step, attempt: int, ready: date) -> None:
    if step.start_within and (last := desk.deadline(ready, step.start_within)):
        miss(desk, "start", step.id, attempt, last)


def miss(desk: Desk, what: str, step: str, attempt: int, last: date) -> None:
    """Say once that a deadline was missed, on the day after its last day."""
    if not desk.progress.get(f"missed:{what}", step, attempt) and desk.comes(add_day(last)):
        desk.emit("deadline_missed", step, attempt, what=what, last=last.isoformat())


def add_day(day: date) -> date:
    """The day after."""
    return date.fromordinal(day.toordinal() + 1)


def possible_employers(desk: Desk, step: Step) -> list[str]:
    """The employers in force where a step may be, for this person: by step, start, and who has withdrawn."""
    start = desk.view.start_named((desk.progress.value("admitted") or {}).get("start", ""))
    return [
        e.id
        for e in desk.view.shared.track.employers
        if (not step.employers or e.id in step.employers)
        and (start is None or not start.employers or e.id in start.employers)
        and not desk.view.withdrew(e.id, desk.day)
    ]


def employer_of(desk: Desk, step: Step, attempt: int) -> str | None:
    """The employer of a run: as placed for it, kept from before where allowed, or the only possible one (rule R33)."""
    possible = possible_employers(desk, step)
    placed = desk.progress.value("placed", step.id, attempt)
    if placed:
        return str(placed["employer"])
    only = possible[0] if len(possible) == 1 else None
    before = desk.progress.value("ended", step.id, attempt - 1)
    if before and before["result"] == "interrupted":
        return only
    kept = employer_of(desk, step, attempt - 1) if before and _again(desk, step, attempt) else placement(desk.progress)
    return kept if kept and (not desk.view.shared.track.employers or kept in possible) else only


def employer_owed(desk: Desk, step: Step, attempt: int, start: date) -> None:
    """A running step lacks its employer: nobody has said where it is, or the employer has left the track (rule R33)."""
    if not step.needs_employer:
        return
    employer = employer_of(desk, step, attempt)
    if employer is None and not _all_left(desk, step):
        desk.todo("placement", step, attempt, start)
    elif employer is None or desk.view.withdrew(employer, desk.day):
        gone = [desk.view.state.on(f"withdrew:{one}") for one in ([employer] if employer else desk.view.shared.employers)]
        since = max((day for day in gone if day and day <= desk.day), default=None)
        if since:
            desk.todo("employer_left", step, attempt, since)


def _all_left(desk: Desk, step: Step) -> bool:
    """Whether a track that has employers has none left where the step may be."""
    return bool(desk.view.shared.track.employers) and not possible_employers(desk, step)


def _again(desk: Desk, step: Step, attempt: int) -> bool:
    """Whether a run repeats the one before it."""
    way = led(desk.view.own, desk.progress, step, attempt - 1)
    return bool(way and way.action.kind == "retry")


def _employer_allows(desk: Desk, step: Step, attempt: int, ready: date) -> bool:
    if not step.needs_employer:
        return True
    employer = employer_of(desk, step, attempt)
    if employer is None or desk.view.withdrew(employer, desk.day):
        desk.todo("placement", step, attempt, ready)
        return False
    own = desk.view.shared.employers.get(employer)
    if own and not desk.progress.get("placed", step.id, attempt) and desk.ask(own) is not True:
        desk.todo("placement", step, attempt, ready)
        return False
    return True


def _day_allows(desk: Desk, step: Step, attempt: int, ready: date) -> bool:
    shared = desk.view.shared_step(step.id) or step
    if not shared.starts:
        return True
    if desk.day in shared.starts:
        return True
    coming = [day for day in shared.starts if day > max(desk.day, ready)]
    if coming:
        desk.later.append(min(coming))
    else:
        desk.todo("dates", step, attempt, ready)
    return False


def place_needed(desk: Desk, step: Step, attempt: int) -> StepPlace | None:
    """The shared place that a run needs: of the step, or of the step at its employer; None where it needs none."""
    if desk.progress.get("added", step.id) and step.places is None and not step.employer_places:
        return None  # a step of her own shares nothing, also where the version in force has another of the same name
    shared = desk.view.shared_step(step.id) or step
    if shared.places is not None:
        return StepPlace(step.id)
    if not shared.employer_places:
        return None
    employer = employer_of(desk, step, attempt)
    return StepPlace(step.id, employer) if employer in shared.employer_places else None


def holds_place(desk: Desk, step: Step, attempt: int) -> bool:
    """Whether a run has a place of its own, or kept the one of the run that it repeats (rule R21)."""
    if desk.progress.get("place", step.id, attempt):
        return True
    before = desk.progress.value("ended", step.id, attempt - 1)
    if before is None or not holds_place(desk, step, attempt - 1):
        return False
    per_employer = bool((desk.view.shared_step(step.id) or step).employer_places)
    return _again(desk, step, attempt) and not (per_employer and before["result"] == "interrupted")


def _has_place(desk: Desk, step: Step, attempt: int, ready: date) -> bool:
    place = place_needed(desk, step, attempt)
    if place is None or holds_place(desk, step, attempt):
        return True
    desk.claims.append(Claim(str(place), "waiting", attempt, ready, rank_of(desk)))
    if (desk.view.shared_step(step.id) or step).starts:
        desk.later.append(add_day(desk.day))
    return False


def rank_of(desk: Desk, start: str = "") -> QueueRank:
    """What the order of the queue compares of a person (rule R38); `start` is the only one that she waits for, if any."""
    return QueueRank(tuple(_criterion(desk, row) for row in desk.view.shared.track.intake.criteria), start)


def _criterion(desk: Desk, row: Order) -> Criterion:
    referred = desk.progress.get("referred")
    if row.by == "lottery":
        return None
    if row.by == "precedence":
        return (0, 0 if referred and referred.value.get("precedence") else 1)
    if row.by == "referral":
        return (0, referred.effective.toordinal()) if referred else (1,)
    return _fact_criterion(desk, row.fact or "", days_since=row.days_since, highest_first=row.highest_first)


def _fact_criterion(desk: Desk, name: str, *, days_since: bool, highest_first: bool) -> Criterion:
    value = desk.situation.age() if name == "age" else desk.situation.fact(name)
    if value is None:
        return (1,)
    choices = desk.view.choices(name)
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


def keep_place(desk: Desk, step: Step, attempt: int, since: date) -> None:
    """A place that was given stays held while the step waits for something else: a report of its start, or the end of a pause."""
    if holds_place(desk, step, attempt):
        hold(desk, step, attempt, since)


def hold(desk: Desk, step: Step, attempt: int, since: date) -> None:
    """Claim the place that a running step holds."""
    place = place_needed(desk, step, attempt)
    if place:
        desk.claims.append(Claim(str(place), "holding", attempt, since, step.id))


def offer_until(desk: Desk, day: date) -> date:
    """The last day of an offer made on a day."""
    return roll(add(day, desk.view.shared.track.intake.answer_within))
