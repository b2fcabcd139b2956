"""The light read side: the people of a track, one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracks.events.snapshots import participant
from tracks.events.status import Status
from tracks.queries.reader import own_labels
from tracks.queries.status import ongoing, status_since
from tracks.queries.track_status import progresses

if TYPE_CHECKING:
    from datetime import date

    from tracks.queries.reader import DatabaseReader


@dataclass(frozen=True, slots=True)
class TrackPerson:
    """One enrolment of a track: its status, the chain step that goes on, and since when it has been so."""

    stream: str
    ref: str
    status: str
    step: str
    step_name: str
    since: date | None


def people(reader: DatabaseReader, track: str, as_of: date | None = None, known: str | None = None) -> list[TrackPerson]:
    """List everybody who is or was on a track; now, or as it stood.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        as_of: The day to tell of; None means all that is written.
        known: The instant before which it was recorded; None means all.

    Returns:
        One for each, by reference.

    """
    found = []
    for stream, status, version, progress in progresses(reader, track, as_of, known):
        now, labels = Status(status), own_labels(reader, track, version, progress)
        # A step beside the chain goes on along with all others, and is not where she is.
        steps = [one for one in ongoing(progress, labels, now) if not labels["steps"].get(one.id, {}).get("beside")]
        step = steps[0] if steps else None
        # In a step the days in it count, between two those since one ended; in a pause, or before a place, those in the status.
        ended = [said.effective for (_, _, name), said in progress.fields.items() if name == "ended" and now is Status.ACTIVE]
        since = step.since if step and now is Status.ACTIVE else max([*ended, *filter(None, [status_since(progress, now)])], default=None)
        found.append(TrackPerson(stream, participant(stream, progress), status, step.id if step else "", step.name if step else "", since))
    return found
