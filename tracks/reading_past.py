"""What stood on a past day, as the light read side tells the present: stands, tasks, and counts of a track."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tracks.reading import Whose, stand_of, task_of
from tracks.reading_lists import TrackInForce, track_stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracks.reading import Stand, Task
    from tracks.reading_ledger import Past
    from tracks.reading_lists import TrackStand
    from tracks.records import Enrolment


def stands_then(past: Past, ref: str) -> list[Stand]:
    """Where a participant (`REF`) or one enrolment (`REF/n`) stood, and what was to be done."""
    return [
        stand_of(
            past.reader, (one.stream, one.ref, one.track, one.version), one.progress, one.due, one.recorded, past.now.day, _tasks(past, one)
        )
        for one in past.named(ref)
    ]


def _tasks(past: Past, one: Enrolment) -> Iterator[Task]:
    whose = Whose(one.stream, one.ref, one.track, one.version, one.status)
    return (task_of(past.reader, whose, todo, past.now.day) for todo in one.todos)


def tasks_then(past: Past, tracks: Iterable[str]) -> list[Task]:
    """What people were to do on some tracks, the most overdue first."""
    found = []
    for track in tracks:
        row = past.track(track)
        if row:
            whose = Whose(f"track/{track}", None, track, row.version, None)
            found += [task_of(past.reader, whose, todo, past.now.day) for todo in past.todos_of(track)]
            found += [task for one in past.everybody(track) for task in _tasks(past, one)]
    return sorted(found, key=lambda one: (one.due or date.max, one.since, one.stream, one.kind, one.step))


def track_then(past: Past, track: str) -> TrackStand | None:
    """How a track stood; None where it was not in force then."""
    row = past.track(track)
    if row is None:
        return None
    people = past.everybody(track)
    steps = Counter(one.step for one in people if one.step)
    late = Counter(task.kind for task in tasks_then(past, [track]) if task.overdue)
    due = min((one.due for one in people if one.due), default=None)
    behind = due if due and due < past.now.day else None
    statuses = Counter(one.status for one in people)
    return track_stand(past.reader, track, row.version, statuses, steps, dict(sorted(late.items())), behind)


def tracks_then(past: Past) -> list[TrackInForce]:
    """The tracks that were in force, by id, with how many were on them."""
    found = []
    for track in past.tracks():
        row = past.track(track)
        if row:
            labels = past.reader.labels(track, row.version)
            people = dict(sorted(Counter(one.status for one in past.everybody(track)).items()))
            name, programme = labels["track"] or track, labels.get("programme")
            found.append(TrackInForce(track, name, programme, row.version, row.coupled, None, people))
    return found
