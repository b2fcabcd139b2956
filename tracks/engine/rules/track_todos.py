"""What people should do about the track itself: a start held, empty or unsigned, a shared report, more people than places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracks.engine.rules.allocation import (
    capacity,
    intake_places,
    intake_queue,
    joined,
    offers_begin,
    waited_steps,
    window_opens,
    with_room,
)
from tracks.events.resources import EmployerStart, IntakePlace, StepPlace, SubjectRun, parse
from tracks.events.roles import owner_role, step_role
from tracks.events.snapshots import Todo
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from definitions.model.track import Start
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Enrolment


def track_todos(view: View, rows: Sequence[Row], day: date, gone: Callable[[], Iterable[Enrolment]]) -> tuple[Todo, ...]:
    """The todos of `track/ID` on a day; `rows` are the claims of the track.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        day: The day on which they hold.
        gone: Loads those who were admitted and have left, who claim nothing any more; asked for a start that began empty only.

    Returns:
        One todo a kind, step and run, in order.

    """
    # One todo a kind, step and run: two causes of it ask for the same.
    found = (
        *_starts(view, rows, day, gone),
        *_unsigned(view, rows, day),
        *_left(view, rows, day),
        *_elsewhere(view, rows, day),
        *_shared_reports(view, rows),
        *_too_many(view, rows),
    )
    return tuple(sorted({todo[:3]: todo for todo in found}.values()))


def _starts(view: View, rows: Sequence[Row], day: date, gone: Callable[[], Iterable[Enrolment]]) -> Iterator[Todo]:
    """A start that had too few, or nobody at all, on its day: a person says what becomes of it."""
    owner = owner_role(view.shared.track)
    for start in view.shared.track.intake.starts:
        name = start.date.isoformat()
        since = view.state.on(f"held:{name}")
        if not since or not view.undecided(name, day) or view.cancelled(name, day):
            continue
        came = joined(rows, name) or any((one.progress.value("admitted") or {}).get("start") == name for one in gone())
        if view.held(name, day) or not came:
            yield Todo(str(TodoKind("start_held", name)), "", 0, owner, since, since)


def _unsigned(view: View, rows: Sequence[Row], day: date) -> Iterator[Todo]:
    """A start, or a rolling intake, whose offers should go out to who waits, while none of its agreements is signed (rule R35)."""
    intake, period, owner = view.shared.track.intake, view.shared.track.period, owner_role(view.shared.track)
    if intake.rolling and view.shared.queues and not _agreed(view, None, day) and not (period.until and day >= period.until):
        since = max(min((claim.since for _, _, claim in intake_queue(view, rows, "")), default=date.max), window_opens(view, None, day))
        if since <= day:
            yield Todo(str(TodoKind("unsigned")), "", 0, owner, since, None)
    for start in intake.starts:
        name = start.date.isoformat()
        begins = view.start_day(name, day)
        opens = window_opens(view, start, day)
        waits = opens <= day < view.closes(begins) and not view.cancelled(name, day) and not _agreed(view, start, day)
        if waits and intake_queue(view, rows, name):
            yield Todo(str(TodoKind("unsigned", name)), "", 0, owner, opens, begins)


def _left(view: View, rows: Sequence[Row], day: date) -> Iterator[Todo]:
    """A start to come that somebody counts on, and that every employer it was to be with has left: a person says what becomes of it."""
    track = view.shared.track
    for start in track.intake.starts:
        name, employers = start.date.isoformat(), start.employers or tuple(one.id for one in track.employers)
        coming = day < view.start_day(name, day) and not view.cancelled(name, day)
        gone = [left for one in employers if view.withdrew(one, day) and (left := view.state.on(f"withdrew:{one}"))]
        if coming and employers and len(gone) == len(employers) and joined(rows, name):
            yield Todo(str(TodoKind("start_left", name)), "", 0, owner_role(track), max(gone), view.start_day(name, day))


def _agreed(view: View, start: Start | None, day: date) -> bool:
    """Whether nothing but the calendar keeps offers back."""
    first = offers_begin(view, start, day)
    return first is not None and first <= day


def _shared_reports(view: View, rows: Sequence[Row]) -> Iterator[Todo]:
    """The reports of shared steps that are due; not of an employer that everybody has left, until somebody comes there."""
    track, concerned = view.shared.track, {claim.resource for _, claim in rows}
    for (name, attempt, field), due in view.state.fields.items():
        if not field.startswith("subject_due:"):
            continue
        mark = EmployerStart.parse(field.removeprefix("subject_due:"))
        step = view.shared.steps.get(name)
        if (
            step
            and str(SubjectRun(name, mark)) in concerned
            and not any(view.state.get(f"{done}:{mark}", name, attempt) for done in ("employer_reported", "subject_ended"))
        ):
            yield Todo(str(TodoKind("subject_report", str(mark))), name, attempt, step_role(track, step), due.effective, due.effective)


def _elsewhere(view: View, rows: Sequence[Row], day: date) -> Iterator[Todo]:
    """Somebody waits for a full employer while another one of the step has room, which only a person can give her (rule R34)."""
    for place in waited_steps(rows):
        if place.employer and with_room(view, rows, place, day):
            since = min(claim.since for _, claim in rows if claim.state == "waiting" and claim.resource == str(place))
            yield Todo("elsewhere", place.step, 0, owner_role(view.shared.track), since, None)


def _too_many(view: View, rows: Sequence[Row]) -> Iterator[Todo]:
    """A correction may leave more people with a place than there are places; no more is given, and a person looks."""
    holders: dict[IntakePlace | StepPlace, list[date]] = {}
    for _, claim in rows:
        resource = parse(claim.resource)
        if claim.state == "holding" and not isinstance(resource, SubjectRun):
            holders.setdefault(resource, []).append(claim.since)
    for place, since in holders.items():
        places = capacity(view, place) if isinstance(place, StepPlace) else intake_places(view, place.start)
        if places is not None and len(since) > places:
            yield Todo(str(TodoKind("over", str(place))), "", 0, owner_role(view.shared.track), sorted(since)[places], None)
