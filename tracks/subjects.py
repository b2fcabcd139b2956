"""Steps whose subject is an employer or a start: whom they concern, and their runs on the track's own stream (rule R32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from definitions.calendar import add, back, roll
from tracks.entering import add_day
from tracks.events import Draft
from tracks.points import Comes, day_of
from tracks.records import Claim
from tracks.situation import placement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from definitions.model import Step
    from tracks.desk import Desk
    from tracks.view import View


class Concern(NamedTuple):
    """One participant whom a shared step concerns: from which day, and to which if that is known."""

    employer: str
    start: str
    since: date
    until: date | None


def concern(desk: Desk) -> None:
    """Claim each shared step that concerns this person, once per employer that may be meant."""
    for step in desk.view.own.subject:
        when = desk.view.own.when[step.id]
        if when and desk.ask(when) is not True:
            continue
        since = _since(desk, step)
        if since is None:
            continue
        until, _ = day_of(desk, step.until) if step.until else (desk.progress.on("close"), None)
        start = (desk.progress.value("admitted") or desk.progress.value("intake") or {}).get("start", "")
        for employer in _employers(desk, step, start):
            resource = f"subject:{step.id}:{employer}:{start}"
            desk.claims.append(Claim(resource, "holding", 0, since, until.isoformat() if until else ""))


def _since(desk: Desk, step: Step) -> date | None:
    if step.begins is None:
        return desk.progress.on("admitted")
    if step.begins.anchor == "admission" and step.begins.before:
        day = desk.progress.on("admitted") or _coming_start(desk)
        return back(day, step.begins.before) if day else None
    day, how = day_of(desk, step.begins)
    if how is Comes.SKIPPED:
        return None
    return day


def _coming_start(desk: Desk) -> date | None:
    accepted = desk.progress.value("intake")
    start = (accepted or {}).get("start", "")
    return desk.view.start_day(start, desk.day) if start and accepted["kind"] == "accepted" else None


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
        if claim.resource.startswith("subject:"):
            _, step, employer, start = claim.resource.split(":", 3)
            until = claim.since.fromisoformat(claim.rank) if claim.rank else None
            found.setdefault(step, []).append(Concern(employer, start, claim.since, until))
    return found


def shared_steps(view: View, claims: Iterable[tuple[str, Claim]], day: date) -> tuple[list[Draft], list[date]]:
    """What begins, is due and ends of shared steps on a slice's day, and the later days to look again."""
    drafts: list[Draft] = []
    later: list[date] = []
    for name, people in sorted(concerned(claims).items()):
        step = view.shared_step(name)
        if step is None:
            continue
        for employer, start in sorted({(c.employer, c.start) for c in people}):
            mine = [c for c in people if (c.employer, c.start) == (employer, start)]
            drafts.extend(_one(view, step, employer, start, mine, day, later))
    return drafts, later


def _one(view: View, step: Step, employer: str, start: str, people: list[Concern], day: date, later: list[date]) -> Iterator[Draft]:
    mark = f"{employer}:{start}"
    data = {"employer": employer, "start": start}
    started = view.state.on(f"subject_started:{mark}", step.id, 1)
    if view.state.get(f"subject_ended:{mark}", step.id, 1):
        return
    if started is None:
        since = min(c.since for c in people)
        if since > day:
            later.append(since)
            return
        started = day
        yield Draft("subject_step_started", day, step.id, 1, data)
    reported = view.state.get(f"employer_reported:{mark}", step.id, 1)
    untils = [c.until for c in people]
    until = None if None in untils else max(u for u in untils if u)
    due = roll(add(started, step.length)) if step.length else None
    if reported or (until and until <= day):
        result = reported.value["result"] if reported else "done"
        yield Draft("subject_step_ended", day, step.id, 1, {**data, "result": result})
        return
    if due and due <= day and not view.state.get(f"subject_due:{mark}", step.id, 1):
        yield Draft("subject_step_due", day, step.id, 1, data)
    later.extend(d for d in (until, due) if d and d > day)


