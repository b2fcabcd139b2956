"""What moves a snapshot: events concluded and folded in, claims and todos brought up to them, and what is kept for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.context.step_runs import started_on
from tracks.engine.loop.decide import decide
from tracks.events.event import ENGINE_ACTOR
from tracks.events.fold import evolve
from tracks.events.hash_chain import append
from tracks.events.status import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracks.engine.context.decision_context import Decision
    from tracks.engine.context.inputs import View
    from tracks.engine.context.plan import Plan
    from tracks.events.event import Draft, Event
    from tracks.events.snapshots import Enrolment


def append_drafts(enrolment: Enrolment, drafts: Sequence[Draft], view: View, recorded: str, actor: str = ENGINE_ACTOR) -> list[Event]:
    """Append drafts to an enrolment's stream and fold them in.

    Args:
        enrolment: The snapshot, moved forward in place.
        drafts: What was concluded or said, in order.
        view: The view whose version the events name.
        recorded: The UTC instant that new events are recorded at.
        actor: Who says it.

    Returns:
        The events with their places in the log.

    """
    events = append(enrolment, drafts, actor=actor, recorded=recorded, version=view.own.version, track_hash=view.own.hash)
    progress = enrolment.progress
    for event in events:
        progress = evolve(progress, event, event.seq)
        if enrolment.last is None or event.effective > enrolment.last:
            enrolment.last = event.effective
    enrolment.progress = progress
    return events


def refresh_snapshot(enrolment: Enrolment, plan: Plan) -> None:
    """Set what the snapshot shows for reading: status, day of admission, and the ongoing chain step written first."""
    progress = enrolment.progress
    enrolment.status = str(progress.status)
    enrolment.start = progress.on("admitted")
    enrolment.step, enrolment.since = "", None
    if enrolment.status not in UNDER_WAY:
        return
    for step in plan.chain:
        n = progress.attempts(step.id)
        if n and not progress.get("ended", step.id, n):
            enrolment.step, enrolment.since = step.id, started_on(progress, step.id, n)
            return


def refresh_claims(view: View, enrolment: Enrolment, day: date) -> Decision:
    """Bring claims and todos up to what the progress now says, without concluding anything.

    Args:
        view: The view of the person.
        enrolment: The snapshot, moved forward in place.
        day: The day on which they hold.

    Returns:
        What follows on that day, which is left to the next advance.

    """
    found = decide(view, enrolment.progress, day)
    enrolment.claims, enrolment.todos = found.claims, found.todos
    refresh_snapshot(enrolment, view.own)
    return found
