"""Steps whose subject is an employer or a start: whom they concern, and their runs on the track's own stream (rule R32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from definitions.model.calendar import add, back, roll
from tracks.engine.context.inputs import parse_day
from tracks.engine.context.situation import placement
from tracks.engine.rules.points import Comes, day_of
from tracks.events.event import Draft
from tracks.events.fold import start_of
from tracks.events.ranks import MAYBE
from tracks.events.resources import EmployerStart, SubjectRun, parse
from tracks.events.snapshots import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.decision_context import Desk
    from tracks.engine.context.inputs import View


class Concern(NamedTuple):
    """One participant whom a shared step concerns, from which day to which if that is known; or may still concern."""

    whose: EmployerStart
    since: date
    until: date | None
    certain: bool


def concern(desk: Desk) -> None:
    """Claim each shared step that concerns this person, once per employer that may be meant."""
    for step in desk.view.own.subject:
        when = desk.ask(desk.view.own.when[step.id])
        since, skipped = _since(desk, step) if when else (None, when is False)
        start = _start(desk)
        rank = ""
        if since is None:
            since, rank = desk.progress.on("admitted") or desk.progress.on("intake"), MAYBE
            # A common start has members, who may all come to be concerned; in a rolling track there is no last one.
            if since is None or skipped or not start or desk.progress.exit:
                continue
        elif until := _until(desk, step):
            rank = until.isoformat()
        for employer in _employers(desk, step, start):
            desk.claims.append(Claim(str(SubjectRun(step.id, EmployerStart(employer, start))), "holding", 0, since, rank))


def _until(desk: Desk, step: Step) -> date | None:
    return day_of(desk, step.until)[0] if step.until else desk.progress.exited


def _since(desk: Desk, step: Step) -> tuple[date | None, bool]:
    """The day from which a step concerns this person, and whether it never will."""
    if step.begins is None:
        return desk.progress.on("admitted"), False
    if step.begins.anchor == "admission" and step.begins.before:
        day = desk.progress.on("admitted") or _coming_start(desk)
        return back(day, step.begins.before) if day else None, False
    day, how = day_of(desk, step.begins)
    return (None, True) if how is Comes.SKIPPED else (day, False)


def _start(desk: Desk) -> str:
    """The common start that the person is, or will be, admitted to."""
    admitted = desk.progress.value("admitted")
    return str(admitted.get("start", "")) if admitted else start_of(desk.progress)


def _coming_start(desk: Desk) -> date | None:
    start = _start(desk)
    return desk.view.start_day(start, desk.day) if start else None


def _employers(desk: Desk, step: Step, start: str) -> list[str]:
    if step.subject == "start":
        return [""]
    placed = placement(desk.progress) or next((s.employer for s in reversed(desk.situation.said()) if s.employer), None)
    if placed:
        return [placed]
    declared = desk.view.start_named(start)
    every = [e.id for e in desk.view.shared.track.employers]
    return [e for e in every if not declared or not declared.employers or e in declared.employers]


def concerned(claims: Iterable[tuple[str, Claim]]) -> dict[str, list[Concern]]:
    """The concerns of a track's claims, by step."""
    found: dict[str, list[Concern]] = {}
    for _, claim in claims:
        run = parse(claim.resource)
        if isinstance(run, SubjectRun):
            until = parse_day(str(claim.rank)) if claim.rank not in ("", MAYBE) else None
            found.setdefault(run.step, []).append(Concern(run.whose, claim.since, until, claim.rank != MAYBE))
    return found


def shared_steps(view: View, claims: Iterable[tuple[str, Claim]], day: date) -> tuple[list[Draft], list[date]]:
    """What begins, is due and ends of shared steps on a slice's day, and the later days to look again."""
    drafts: list[Draft] = []
    later: list[date] = []
    for name, people in sorted(concerned(claims).items()):
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
    due = roll(add(started, step.length)) if step.length else None
    if reported or (until and until <= day):
        result = reported.value["result"] if reported else "done"
        yield Draft("subject_step_ended", day, step.id, 1, {**data, "result": result})
        return
    if due and due <= day and not view.state.get(f"subject_due:{whose}", step.id, 1):
        yield Draft("subject_step_due", day, step.id, 1, data)
    later.extend(d for d in (until, due) if d and d > day)
