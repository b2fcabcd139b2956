"""One person decided again from the start, after a late fact or a correction; with the versions that held on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.advance import conclude, resurvey
from tracks.deviations import personal
from tracks.late import difference
from tracks.progress import fold, standing
from tracks.view import View
from tracks.views import former_steps, onward, seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracks.advance import Ledger
    from tracks.events import Event
    from tracks.progress import Progress
    from tracks.records import Enrolment, TrackRow


def decide_again(book: Ledger, row: TrackRow, one: Enrolment, log: Sequence[Event], today: date, recorded: str) -> list[Event]:
    """Put a person as if a late fact had been known from the start; others are touched only by later grants."""

    def view_on(day: date, progress: Progress) -> View:
        return past_view(book, row, progress, day)

    found = difference(log, view_on, today)
    written = conclude(one, found.drafts, seen(book, row, one), recorded)
    one.progress = fold([*log, *written])
    one.version = pinned_version(row, one.progress)
    one.last = max(event.effective for event, _ in standing([*log, *written]))
    one.due = found.due
    resurvey(seen(book, row, one), one, today)
    return written


def pinned_version(row: TrackRow, progress: Progress) -> int | None:
    """The version in force on the day of admission (rule R6), or the one migrated to since."""
    admitted = progress.on("admitted")
    migrated = progress.value("version")
    if admitted is None:
        return None
    return int(migrated["to"]) if migrated else version_on(row, admitted)


def version_on(row: TrackRow, day: date) -> int:
    """The version in force on a day."""
    applied = [(field.effective, int(name)) for name, field in row.state.named("applied") if field.effective <= day]
    return max(applied, default=(day, 1))[1]


def past_view(book: Ledger, row: TrackRow, progress: Progress, day: date) -> View:
    """What a decision on a past day is taken with; every start whose day had come counts as opened unless it was held."""
    shared = book.plan(row.id, version_on(row, day))
    pinned = pinned_version(row, progress)
    opened = frozenset(start.date.isoformat() for start in shared.track.intake.starts)
    there = onward(book, (progress.value("transfer") or {}).get("enrolment"))
    own = personal(book.plan(row.id, pinned) if pinned else shared, progress)
    return View(own, shared, row.state, opened, there.admitted, there.returned, former_steps(book, row, shared.version))
