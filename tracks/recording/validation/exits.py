"""Validators of pauses and returns, outcomes, transfers and follow-ups."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from definitions.model.calendar import add
from tracks.events.fold import numbered, open_pause
from tracks.recording import refusals

if TYPE_CHECKING:
    from tracks.recording.reported_fact import FactContext, ReportedFact

OUTCOMES: Final = (
    "work", "work_with_support", "own_business", "studies", "municipal_employment", "other_measure", "other_authority", "other", "unknown",
)  # fmt: skip
# The outcomes of whoever is hired, which a report of it may say (rule R18).
HIRED: Final = ("work", "work_with_support", "municipal_employment")


def check_outcome(outcome: str | None) -> None:
    """That an outcome is one that there is, said by itself or with a report, an end or a follow-up. Raises UNKNOWN_OUTCOME."""
    if outcome is not None and outcome not in OUTCOMES:
        raise refusals.UNKNOWN_OUTCOME(outcome=outcome, outcomes=", ".join(OUTCOMES))


def back_after(paused: date, back: str | None) -> None:
    """That a return, planned or not, is not before its pause. Raises BACK_BEFORE_PAUSE."""
    if back and date.fromisoformat(back) < paused:
        raise refusals.BACK_BEFORE_PAUSE(day=back, paused=paused)


def paused(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """A pause; its planned return is not before it."""
    back_after(fact.on, fact.content.get("back"))
    # Past the greatest number: a correction may have left gaps, and a return names the pause that it ends by its number.
    return fact.but(attempt=max(numbered(case.enrolment.progress, "paused"), default=0) + 1)


def resumed(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The return from the pause that goes on."""
    now = open_pause(case.enrolment.progress)
    assert now is not None  # noqa: S101 - a pause that goes on is what made the status
    number, paused = now
    back_after(paused.effective, fact.on.isoformat())
    return fact.but(attempt=number)


def outcome(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """Another outcome, or the same once more. Raises UNKNOWN_OUTCOME."""
    check_outcome(fact.content["what"])
    # Several outcomes can be true of one day, such as work beside studies: each has a number, so that none replaces another.
    number = 1
    while (said := case.enrolment.progress.get("outcome", "", number)) is not None:
        if said.effective == fact.on and said.value == fact.content:
            break
        number += 1
    return fact.but(attempt=number)


def of_its_day(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The answers to a follow-up are about the day that it asks about, whenever they are given.

    Raises:
        Refusal: she is followed up on another track here, the track asks at no such point, or its day has not come.

    """
    progress = case.enrolment.progress
    if progress.exit and progress.exit.value["kind"] == "left":
        there = (progress.value("transfer") or {}).get("enrolment", "")
        raise refusals.FOLLOWED_UP_THERE(ref=case.enrolment.ref, there=there)
    points = {str(length) if length else "exit": length for length in case.view.own.track.follow_up}
    point = fact.content["point"]
    out = progress.exited
    if point not in points or out is None:
        raise refusals.UNKNOWN_POINT(point=point, points=", ".join(points))
    asked = _asked_about(out, points[point])
    if asked > case.clock.today:
        raise refusals.NOT_YET_DUE(point=point, day=asked, today=case.clock.today)
    return fact.but(on=asked)


def followed_up(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The answer to a follow-up. Raises a refusal where there is none, or another already."""
    if not fact.content.get("answers"):
        raise refusals.NO_ANSWER()
    point, answers = fact.content["point"], fact.content["answers"]
    check_outcome(answers.get("outcome") or None)
    given = case.enrolment.progress.value(f"followed:{point}")
    if given and given["answers"] != answers:
        raise refusals.ALREADY_FOLLOWED_UP(point=point, ref=case.ref, outcomes=given["answers"].get("outcome", "unknown"))
    return fact


def _asked_about(out: date, length: Any) -> date:
    return add(out, length) if length else out
