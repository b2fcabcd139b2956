"""Steps whose subject is an employer or a start: whom they concern, and their runs on the track's own stream (rule R32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from definitions.model.calendar import add, back, roll
from tracks.engine.context.inputs import parse_day
from tracks.engine.context.situation import common_start, employers_meant
from tracks.engine.rules.points import PointState, day_of_point
from tracks.engine.rules.step_entry import ask_for
from tracks.events.event import Draft
from tracks.events.ranks import MAYBE
from tracks.events.resources import EmployerStart, SubjectRun, parse
from tracks.events.snapshots import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import DecisionContext
    from tracks.engine.context.inputs import View
    from tracks.events.event import Event


class Concern(NamedTuple):
    """One participant whom a shared step concerns, from which day to which if that is known; or may still concern."""

    whose: EmployerStart
    since: date
    until: date | None
    certain: bool


def claim_shared_steps(context: DecisionContext) -> None:
    """Claim each shared step that concerns this person, once per employer that may be meant."""
    of_employers = any(step.subject == "employer" for step in context.view.own.shared)
    meant, start = employers_meant(context.view, context.progress) if of_employers else [], common_start(context.progress)
    for step in context.view.own.shared:
        when, requires = context.holds(context.view.own.when[step.id]), context.requires(step)
        # Whose requirement is not met may still come to be concerned: the step waits for her as any other does.
        meets = when and context.holds(requires)
        since, skipped = _since(context, step) if meets else (None, when is False)
        if when and not meets and (admitted := context.progress.on("admitted")) and not context.progress.exit:
            ask_for(context, requires, admitted)
        rank = ""
        if since is None:
            since, rank = context.progress.on("admitted") or context.progress.on("intake"), MAYBE
            # A common start has members, who may all come to be concerned; in a rolling track there is no last one.
            if since is None or skipped or not start or context.progress.exit:
                continue
        elif until := _until(context, step):
            rank = until.isoformat()
        for employer in meant if step.subject == "employer" else [""]:
            context.claims.append(Claim(str(SubjectRun(step.id, EmployerStart(employer, start))), "holding", 0, since, rank))


def _until(context: DecisionContext, step: Step) -> date | None:
    return day_of_point(context, step, step.until)[0] if step.until else context.progress.exited


def _since(context: DecisionContext, step: Step) -> tuple[date | None, bool]:
    """The day from which a step concerns this person, and whether it never will; one of an employer's own, from her placement there."""
    if step.begins is None:
        admitted = context.progress.on("admitted")
        at_employers = [one.id for one in context.view.own.steps.values() if one.needs_employer]
        if step.subject != "employer" or not at_employers or admitted is None:
            return admitted, False
        fields = context.progress.fields.items()
        days = [field.effective for (name, _, what), field in fields if name in at_employers and what in ("placed", "started")]
        return (max(admitted, min(days)) if days else None), False
    if step.begins.anchor == "admission" and step.begins.before:
        day = context.progress.on("admitted") or _coming_start(context)
        return back(day, step.begins.before) if day else None, False
    day, how = day_of_point(context, step, step.begins)
    return (None, True) if how is PointState.SKIPPED else (day, False)


def _coming_start(context: DecisionContext) -> date | None:
    start = common_start(context.progress)
    return context.view.start_day(start, context.day) if start else None


def concerns_by_step(claims: Iterable[tuple[str, Claim]]) -> dict[str, list[Concern]]:
    """The concerns of a track's claims, by step."""
    found: dict[str, list[Concern]] = {}
    for _, claim in claims:
        run = parse(claim.resource)
        if isinstance(run, SubjectRun):
            until = parse_day(str(claim.rank)) if claim.rank not in ("", MAYBE) else None
            found.setdefault(run.step, []).append(Concern(run.whose, claim.since, until, claim.rank != MAYBE))
    return found


def decide_shared_steps(view: View, claims: Iterable[tuple[str, Claim]], day: date) -> tuple[list[Draft], list[date]]:
    """What begins, is due and ends of shared steps on a slice's day, and the later days to look again.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        claims: The claims of the track, each with its stream.
        day: The slice's day.

    Returns:
        Events of the track, and the days to look again.

    """
    drafts: list[Draft] = []
    later: list[date] = []
    for name, people in sorted(concerns_by_step(claims).items()):
        step = view.shared_step(name)
        if step is None:
            continue
        for whose in sorted({concern.whose for concern in people}):
            mine = [concern for concern in people if concern.whose == whose]
            drafts.extend(_one(view, step, whose, mine, day, later))
    return drafts, later


def _one(view: View, step: Step, whose: EmployerStart, people: list[Concern], day: date, later: list[date]) -> Iterator[Draft]:
    data = whose._asdict()
    started = view.state.on(f"subject_started:{whose}", step.id, 1)
    if view.state.get(f"subject_ended:{whose}", step.id, 1):
        return
    if started is None:
        # Whom it may still concern keeps a run going, but never begins one.
        since = min((c.since for c in people if c.certain), default=None)
        if since is None:
            return
        if since > day:
            later.append(since)
            return
        started = day
        yield Draft("subject_step_started", day, step.id, 1, data)
    reported = view.state.get(f"employer_reported:{whose}", step.id, 1)
    untils = [c.until for c in people]
    until = None if None in untils else max(u for u in untils if u)
    length = step.length or view.shared.track.asked_after(step)
    due = roll(add(started, length)) if length else None
    if reported or (until and until <= day):
        # Nothing is given by an end, so one that was told is of the day that the report is about (rule R15).
        over = max(min(reported.effective, day), started) if reported else day
        yield Draft("subject_step_ended", over, step.id, 1, {**data, "result": reported.value["result"] if reported else "done"})
        return
    if due and due <= day and not view.state.get(f"subject_due:{whose}", step.id, 1):
        yield Draft("subject_step_due", day, step.id, 1, data)
    later.extend(d for d in (until, due) if d and d > day)


def is_grounded(view: View, claims: Iterable[tuple[str, Claim]], given: Event) -> bool:
    """Whether what was given of a shared step would be given still.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        claims: The claims of the track as they were at the end of the day of what was given, each with its stream.
        given: That such a step started, was due or ended.

    """
    whose = EmployerStart(given.data["employer"], given.data["start"])
    if given.kind == "subject_step_due":
        return view.state.get(f"subject_started:{whose}", given.step, 1) is not None
    people = [concern for concern in concerns_by_step(claims).get(given.step, ()) if concern.whose == whose]
    if given.kind == "subject_step_started":
        return any(concern.certain and concern.since <= given.effective for concern in people)
    started = view.state.on(f"subject_started:{whose}", given.step, 1)
    if started and (reported := view.state.get(f"employer_reported:{whose}", given.step, 1)):
        return (given.effective, given.data["result"]) == (max(reported.effective, started), reported.value["result"])
    over = all(concern.until and concern.until <= given.effective for concern in people)
    return bool(started and people and over and given.data["result"] == "done")
