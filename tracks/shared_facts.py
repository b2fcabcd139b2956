"""What a person may say of a track itself, checked against the version in force and what is known of its starts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracks import refusals as no
from tracks.views import view_of

if TYPE_CHECKING:
    from tracks.clock import Clock
    from tracks.events import Draft
    from tracks.operations import Book
    from tracks.view import View


def check_shared(book: Book, clock: Clock, track: str, draft: Draft) -> None:
    """Raises a refusal that names the remedy; nothing is written here."""
    row = book.track(track)
    if row is None:
        raise no.UnknownTrack(track=track)
    if draft.effective > clock.today:
        raise no.DateInFuture(day=draft.effective, today=clock.today)
    view = view_of(book, row, None)
    if employer := draft.data.get("employer"):
        _employer(view, employer, draft)
    if draft.data.get("start"):
        _start(view, draft, clock.today)


def _employer(view: View, employer: str, draft: Draft) -> None:
    known = [one.id for one in view.shared.track.employers]
    if known and employer not in known:
        raise no.NoSuchEmployer(employer=employer, track=view.shared.track.track, employers=", ".join(known))
    if not draft.step:
        return
    steps = [step.id for step in view.shared.track.steps if step.subject != "participant"]
    if draft.step not in steps:
        raise no.UnknownStep(track=view.shared.track.track, step=draft.step, steps=", ".join(steps) or "-")
    results = view.shared.steps[draft.step].known_results
    if draft.data.get("result") not in results:
        raise no.UnknownResult(step=draft.step, result=draft.data.get("result"), results=", ".join(results))


def _start(view: View, draft: Draft, today: date) -> None:
    start = draft.data["start"]
    starts = [one.date.isoformat() for one in view.shared.track.intake.starts]
    if start not in starts:
        raise no.UnknownStart(track=view.shared.track.track, start=start, starts=", ".join(starts) or "-")
    if draft.kind in ("start_confirmed", "start_postponed") and view.cancelled(start, today):
        raise no.StartHasPassed(start=start, action=draft.kind.removeprefix("start_"), reason="cancelled")
    if draft.kind == "start_postponed" and date.fromisoformat(draft.data["to"]) <= draft.effective:
        raise no.StartHasPassed(start=start, action="postponed", reason=draft.data["to"])
