"""What people should do about the track itself: a start that is held, a shared step whose report is due, more people than places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.engine.rules.allocation import capacity, intake_places
from tracks.events.snapshots import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row


def shared_todos(view: View, rows: Sequence[Row], day: date) -> tuple[Todo, ...]:
    """The todos of `track/ID` on a day; `rows` are the claims of the track."""
    found = (*_held_starts(view, day), *_shared_reports(view), *_too_many(view, rows))
    return tuple(sorted({todo[:3]: todo for todo in found}.values()))


def _held_starts(view: View, day: date) -> Iterator[Todo]:
    owner = view.shared.track.owner or ""
    for start in view.shared.track.intake.starts:
        name = start.date.isoformat()
        since = view.state.on(f"held:{name}")
        if since and view.held(name, day) and not view.cancelled(name, day):
            yield Todo(f"start_held:{name}", "", 0, owner, since, since)


def _shared_reports(view: View) -> Iterator[Todo]:
    track = view.shared.track
    for (name, attempt, field), due in view.state.fields.items():
        if not field.startswith("subject_due:"):
            continue
        mark = field.removeprefix("subject_due:")
        step = view.shared.steps.get(name)
        if step and not any(view.state.get(f"{done}:{mark}", name, attempt) for done in ("employer_reported", "subject_ended")):
            role = step.responsible or next(iter(track.partners), track.owner or "")
            yield Todo(f"subject_report:{mark}", name, attempt, role, due.effective, due.effective)


def _too_many(view: View, rows: Sequence[Row]) -> Iterator[Todo]:
    """A correction may leave more people with a place than there are places; no more is given, and a person looks."""
    holders: dict[str, list[date]] = {}
    for _, claim in rows:
        if claim.state == "holding" and not claim.resource.startswith("subject:"):
            holders.setdefault(claim.resource, []).append(claim.since)
    for resource, since in holders.items():
        places = capacity(view, resource) if resource.startswith("step:") else intake_places(view, resource)
        if places is not None and len(since) > places:
            yield Todo(f"over:{resource}", "", 0, view.shared.track.owner or "", sorted(since)[places], None)
