"""What stood on a past day, as the light read side tells the present: stands, tasks, and counts of a track."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tracks.events.outbox import STALE, TOLD
from tracks.events.roles import assigned, hers
from tracks.events.status import Status
from tracks.events.streams import track_stream
from tracks.queries.explain.placements import places_at
from tracks.queries.status import at_employers, stand_of
from tracks.queries.track_status import StandCounts, TrackInForce, track_stand
from tracks.queries.worklist import EVERY, LETTERS, Which, Whose, fact_of, letter_task, task_of, untold, urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.as_of_ledger import PastLedger
    from tracks.queries.status import Stand
    from tracks.queries.track_status import TrackStand
    from tracks.queries.worklist import Task


def stands_then(past: PastLedger, ref: str) -> list[Stand]:
    """Where a participant (`REF`) or one enrolment (`REF/n`) stood, and what was to be done."""
    found = []
    for one in past.named(ref):
        tasks = sorted([*_tasks(past, one), *letters_then(past, one.stream)], key=urgency)
        whose = (one.stream, one.ref, one.track, one.version)
        then = stand_of(past.reader, whose, one.progress, one.due, one.recorded, past.now.day, tasks)
        steps = at_employers(then.steps, then.labels, one.stream, places_at(past, past.now.day))
        found.append(replace(then, steps=steps))
    return found


def _tasks(past: PastLedger, one: Enrolment) -> Iterator[Task]:
    whose = Whose(one.stream, one.ref, one.track, one.version, one.status)
    return (task_of(past.reader, whose, todo, past.now.day, stands=fact_of(one.progress, todo)) for todo in one.todos)


def tasks_then(past: PastLedger, which: Which = EVERY) -> list[Task]:
    """What people were to do, the most overdue first."""
    found: list[Task] = []
    # A past day is folded anew for everybody, so a track that was not asked for is not touched.
    for track in [which.track] if which.track else past.tracks():
        row = past.track(track)
        if row:
            whose = Whose(track_stream(track), None, track, row.version, None)
            found += [task_of(past.reader, whose, todo, past.now.day) for todo in past.todos_of(track)]
            found += [task for one in past.everybody(track) for task in _tasks(past, one)]
            found += _letters(past, "e.track = ?", track)
    found = [one for one in found if which.role in (None, one.role) and (one.overdue or not which.overdue)]
    if which.ref:
        found = [one for one in found if which.ref in (one.ref, one.stream)]
    # Her tasks may depend on who else was responsible then, on any of the tracks.
    if which.person:
        roles = {one.stream: dict(assigned(one.progress)) for track in past.tracks() if past.track(track) for one in past.everybody(track)}
        found = [one for one in found if hers(roles.get(one.stream, {}), one.role, which.person)]
    return sorted(found, key=urgency)


def track_then(past: PastLedger, track: str) -> TrackStand | None:
    """How a track stood; None where it was not in force then."""
    row = past.track(track)
    if row is None:
        return None
    people = past.everybody(track)
    steps = Counter(one.step for one in people if one.step)
    late = Counter(task.kind for task in tasks_then(past, Which(track=track)) if task.overdue)
    due = min((one.due for one in people if one.due), default=None)
    # A past day that the engine had not come to looks as it looked to those who asked then.
    behind = due if due and due < past.now.day else None
    counts = StandCounts(_people(people), Counter(one.status for one in people), steps)
    return track_stand(past.reader, track, row.version, counts, dict(sorted(late.items())), behind)


def _people(enrolments: Iterable[Enrolment]) -> int:
    return len({one.ref for one in enrolments if one.status != Status.MISREGISTERED})


def letters_then(past: PastLedger, stream: str) -> list[Task]:
    """The letters of an enrolment that did not hold any more."""
    return list(_letters(past, "t.stream = ?", stream))


def _letters(past: PastLedger, condition: str, value: str) -> Iterator[Task]:
    """The letters that did not hold any more, and of which nobody had said so."""
    sql = f"{LETTERS} WHERE {condition} AND t.state IN ('{STALE}', '{TOLD}') ORDER BY t.stream, t.seq"
    for stream, seq, template, ref, track, version, now in past.reader.each(sql, (value,)):
        log = [event for event in past.reader.events(stream) if past.saw(event)]
        # The state in the outbox is that of today; whether it held then is in the log as it was known.
        if untold(log, seq):
            yield letter_task(past.reader, Whose(stream, ref, track, version, now), (seq, template), log, past.now.day)


def tracks_then(past: PastLedger) -> list[TrackInForce]:
    """The tracks that were in force, by id, with how many were on them."""
    found = []
    for track in past.tracks():
        row = past.track(track)
        if row:
            labels = past.reader.labels(track, row.version)
            everybody = past.everybody(track)
            people, statuses = _people(everybody), dict(sorted(Counter(one.status for one in everybody).items()))
            name, programme = labels["track"] or track, labels.get("programme")
            found.append(TrackInForce(track, name, programme, row.version, row.coupled, None, people, statuses))
    return found
