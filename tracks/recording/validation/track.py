"""Validates a fact of a track itself, against the version in force and what is known of its starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.inputs import parse_day
from tracks.engine.rules.allocation import has_begun
from tracks.events.kinds.table import OF_A_START
from tracks.events.resources import EmployerStart
from tracks.recording import refusals
from tracks.recording.fact_values import check_reason, check_reported_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.event import Draft


def check_shared(view: View, rows: Sequence[Row], today: date, draft: Draft) -> None:
    """Hold a fact of a track against the version in force and what is known of its starts.

    Args:
        view: what is known of the track.
        rows: the claims on what is shared, each with its stream.
        today: the day of the command.
        draft: the fact.

    Raises:
        Refusal: what is wrong, with its remedy.

    """
    check_reported_day(draft.effective, today)
    check_reason(draft.data)
    if employer := draft.data.get("employer"):
        _employer(view, employer)
    if draft.kind == "employer_reported":
        _reported(view, draft)
    if start := draft.data.get("start"):
        _known_start(view, start)
        if draft.kind in OF_A_START:
            _start(view, draft, today, has_begun=has_begun(rows, start))


def _employer(view: View, employer: str) -> None:
    known = [one.id for one in view.shared.track.employers]
    if known and employer not in known:
        raise refusals.NO_SUCH_EMPLOYER(employer=employer, track=view.shared.track.track, employers=", ".join(known))


def _reported(view: View, draft: Draft) -> None:
    """A step about an employer, or about a start where no employer is named, with a result that it knows."""
    subject = "employer" if draft.data.get("employer") else "start"
    steps = {step.id: step for step in view.shared.track.steps if step.subject == subject}
    if draft.step not in steps:
        raise refusals.UNKNOWN_STEP(track=view.shared.track.track, step=draft.step, steps=", ".join(steps) or "-")
    results = steps[draft.step].known_results
    if draft.data.get("result") not in results:
        raise refusals.UNKNOWN_RESULT(step=draft.step, result=draft.data.get("result"), results=", ".join(results))
    # A shared step has one run: what is said once it has ended would change nothing (rule R32).
    whose = EmployerStart(draft.data.get("employer", ""), draft.data.get("start", ""))
    if ended := view.state.get(f"subject_ended:{whose}", draft.step, 1):
        raise refusals.SHARED_STEP_ENDED(step=draft.step, result=ended.value["result"], day=ended.effective)


def _known_start(view: View, start: str) -> None:
    starts = [one.date.isoformat() for one in view.shared.track.intake.starts]
    if start not in starts:
        raise refusals.UNKNOWN_START(track=view.shared.track.track, start=start, starts=", ".join(starts) or "-")


def _start(view: View, draft: Draft, today: date, *, has_begun: bool) -> None:
    start, action = draft.data["start"], draft.kind.removeprefix("start_")
    if view.cancelled(start, today):
        raise refusals.START_HAS_PASSED(start=start, action=action, reason="cancelled")
    if action == "postponed":
        _postponed(view, draft, today, has_begun=has_begun)


def _postponed(view: View, draft: Draft, today: date, *, has_begun: bool) -> None:
    """To a later day, in the period of the track, while nobody has been let in."""
    start, to = draft.data["start"], parse_day(draft.data["to"])
    # Places were taken on that day; to move it would change what has happened to those who came in.
    if has_begun:
        raise refusals.START_HAS_PASSED(start=start, action="postponed", reason="begun")
    if to <= max(draft.effective, view.start_day(start, today)):
        raise refusals.NOT_LATER(start=start, day=to, after=max(draft.effective, view.start_day(start, today)))
    until = view.shared.track.period.until
    if until and to >= until:
        raise refusals.OUTSIDE_PERIOD(start=start, day=to, until=until)
