"""Validates a fact of a track itself, against the version in force and what is known of its starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracks.engine.context.inputs import parse_day
from tracks.engine.rules.allocation import has_begun
from tracks.events.histories import number_of_field
from tracks.events.kinds.table import KINDS, OF_A_START, field_name
from tracks.events.resources import EmployerStart
from tracks.recording import refusals
from tracks.recording.fact_values import check_reason, check_reported_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.event import Draft, Event
    from tracks.events.fold import TrackState


def check_shared(view: View, rows: Sequence[Row], log: Sequence[Event], today: date, draft: Draft) -> None:
    """Hold a fact of a track against the version in force and what is known of its starts.

    Args:
        view: what is known of the track.
        rows: the claims on what is shared, each with its stream.
        log: every event of the stream of the track.
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
            _start(view, log, draft, today, has_begun=has_begun(rows, start))
    _check_once(view, log, draft)


def check_right(view: View, log: Sequence[Event], state: TrackState, today: date, draft: Draft) -> None:
    """Hold a fact of a track, as a correction says it, against the track as if it had not been said.

    Args:
        view: what is known of the track.
        log: every event of the stream of the track.
        state: the fold of the track without the fact.
        today: the day of the command.
        draft: the fact as it is to stand.

    Raises:
        Refusal: what is wrong, with its remedy.

    """
    check_reported_day(draft.effective, today)
    without = replace(view, state=state)
    if draft.kind == "employer_reported":
        _check_result(_shared_step(without, draft), draft)
    if draft.kind == "start_postponed":
        # Whoever came in on the wrong day came in on the right one instead.
        _check_later(without, draft, draft.effective)
    _check_once(without, log, draft)


def _check_once(view: View, log: Sequence[Event], draft: Draft) -> None:
    """That what is said once has not been said already, of another day or with other content."""
    name = field_name(draft.kind, draft.data)
    stands = view.state.get(name, draft.step, draft.attempt) if KINDS[draft.kind].once else None
    if stands:
        number = number_of_field(log, name, draft.step, draft.attempt)
        raise refusals.SAID_OF_TRACK(kind=draft.kind, track=view.shared.track.track, number=number, day=stands.effective)


def _employer(view: View, employer: str) -> None:
    known = [one.id for one in view.shared.track.employers]
    if known and employer not in known:
        raise refusals.NO_SUCH_EMPLOYER(employer=employer, track=view.shared.track.track, employers=", ".join(known))


def _reported(view: View, draft: Draft) -> None:
    """A step about an employer, or about a start where no employer is named, with a result that it knows."""
    step = _shared_step(view, draft)
    _check_result(step, draft)
    # A shared step has one run: what is said once it has ended would change nothing (rule R32).
    whose = EmployerStart(draft.data.get("employer", ""), draft.data.get("start", ""))
    if ended := view.state.get(f"subject_ended:{whose}", draft.step, 1):
        raise refusals.SHARED_STEP_ENDED(step=draft.step, result=ended.value["result"], day=ended.effective)


def _shared_step(view: View, draft: Draft) -> Step:
    subject = "employer" if draft.data.get("employer") else "start"
    steps = {step.id: step for step in view.shared.track.steps if step.subject == subject}
    # A report may be put right when the version in force has the step no more.
    found = steps.get(draft.step) or view.former.get(draft.step)
    if found is None:
        raise refusals.UNKNOWN_STEP(track=view.shared.track.track, step=draft.step, steps=", ".join(steps) or "-")
    return found


def _check_result(step: Step, draft: Draft) -> None:
    if draft.data.get("result") not in step.known_results:
        raise refusals.UNKNOWN_RESULT(step=draft.step, result=draft.data.get("result"), results=", ".join(step.known_results))


def _known_start(view: View, start: str) -> None:
    starts = [one.date.isoformat() for one in view.shared.track.intake.starts]
    if start not in starts:
        raise refusals.UNKNOWN_START(track=view.shared.track.track, start=start, starts=", ".join(starts) or "-")


def _start(view: View, log: Sequence[Event], draft: Draft, today: date, *, has_begun: bool) -> None:
    start, action, track = draft.data["start"], draft.kind.removeprefix("start_"), view.shared.track.track
    if view.cancelled(start, today):
        raise refusals.START_IS_CANCELLED(start=start, action=action, track=track, number=number_of_field(log, f"cancelled:{start}"))
    if action == "postponed":
        # Places were taken on that day; to move it would change what has happened to those who came in.
        if has_begun:
            raise refusals.START_HAS_PASSED(start=start, action="postponed", reason="begun")
        _check_later(view, draft, today)


def _check_later(view: View, draft: Draft, known: date) -> None:
    """To a later day than the start has, by what is known of it on a day, and in the period of the track."""
    start, to = draft.data["start"], parse_day(draft.data["to"])
    after = max(draft.effective, view.start_day(start, known))
    if to <= after:
        raise refusals.NOT_LATER(start=start, day=to, after=after)
    until = view.shared.track.period.until
    if until and to >= until:
        raise refusals.OUTSIDE_PERIOD(start=start, day=to, until=until)
