"""The light read side: what people have to do, with the names and the delay that they need to see."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.calendar import working_days
from tracks.events.fold import decode, roots
from tracks.events.histories import lost_fact
from tracks.events.outbox import STALE, told_of
from tracks.events.roles import hers, known_as
from tracks.events.snapshots import Todo
from tracks.events.streams import TRACK_PREFIX, StreamId
from tracks.events.todos import TodoKind
from tracks.queries.caseloads import roles_of
from tracks.queries.reader import own_step_name
from tracks.storage.reads import of_participant
from tracks.storage.rows import TODO, listed, to_todo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from tracks.events.event import Event
    from tracks.events.fold import Progress
    from tracks.queries.reader import DatabaseReader, Labels


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for a person to do; `ref` and `status` are None where it concerns a whole track.

    `late` is the number of working days that have gone since the last day for it, and `seq` the number of the event that it is
    about: the fact that does not fit any more, or what a letter was sent for; `stands` the value of a fact that the version asking does
    not admit.
    """

    stream: str
    ref: str | None
    track: str
    track_name: str
    status: str | None
    kind: str
    step: str
    step_name: str
    attempt: int
    role: str
    since: date
    due: date | None
    overdue: bool
    late: int
    seq: int | None = None
    stands: Any = None


class Whose(NamedTuple):
    """The enrolment, or the track, that a task is about."""

    stream: str
    ref: str | None
    track: str
    version: int | None
    status: str | None


_ENROLMENT: Final = "e.ref, e.track, e.version, e.status"
# Who is asked for a fact sees the value that stands, so only those rows carry the fold.
_ASKED_OF: Final = "CASE WHEN substr(t.kind, 1, 5) = 'fact:' THEN e.state END"
_TODOS: Final = f"SELECT {listed(TODO, 't')}, t.stream, {_ENROLMENT}, {_ASKED_OF} FROM todo t LEFT JOIN enrolment e ON e.stream = t.stream"
_IS_STALE: Final = f"t.state = '{STALE}'"
LETTERS: Final = f"SELECT t.stream, t.seq, t.template, {_ENROLMENT} FROM outbox t JOIN enrolment e ON e.stream = t.stream"


class Which(NamedTuple):
    """Which tasks are asked for: of a role, on a track, for a participant (`REF`) or an enrolment (`REF/n`), of a person, or late."""

    role: str | None = None
    track: str | None = None
    ref: str | None = None
    person: str | None = None
    overdue: bool = False


EVERY: Final = Which()
# A person's are the tasks of the roles that she has for somebody, and those of roles that nobody has for her people.
_HERS: Final = (
    "t.stream IN (SELECT stream FROM assigned WHERE known_as = ?) AND EXISTS (SELECT 1 FROM assigned a WHERE a.stream = t.stream "
    "AND a.known_as = ? AND (a.role = t.role OR NOT EXISTS (SELECT 1 FROM assigned b WHERE b.stream = t.stream AND b.role = t.role)))"
)


def worklist(reader: DatabaseReader, today: date, which: Which = EVERY) -> list[Task]:
    """List what people have to do.

    Args:
        reader: The database, opened for reading.
        today: The day it is: what was to be done before it is late.
        which: Which tasks are asked for.

    Returns:
        The tasks, the most overdue first.

    """
    asked: list[tuple[str, list[Any]]] = [("1 = 1", [])]
    asked += [("t.track = ?", [which.track])] if which.track else []
    asked += [(of_participant(which.ref, "e"), [which.ref])] if which.ref else []
    asked += [_of_role(reader, which.role)] if which.role is not None else []
    asked += [("t.due < ?", [today.isoformat()])] if which.overdue else []
    asked += [(_HERS, [known_as(which.person)] * 2)] if which.person else []
    condition, values = " AND ".join(text for text, _ in asked), [value for _, values in asked for value in values]
    found = [_task(reader, row, today) for row in reader.each(f"{_TODOS} WHERE {condition}", values)]
    # A letter that does not hold has no last day.
    return sorted(found if which.overdue else [*found, *_stale(reader, which, today)], key=urgency)


def urgency(one: Task) -> tuple[Any, ...]:
    """What tasks are ordered by, now and of the past: the most overdue first, those without a last day last."""
    return one.due is None, one.due or one.since, one.since, one.stream, one.kind, one.step, one.attempt


def _of_role(reader: DatabaseReader, role: str) -> tuple[str, list[Any]]:
    """What stands on the worklist of a role: its own, and of steps where it is responsible beside the one that reports (rule R58)."""
    condition, values = "t.role = ?", [role]
    for track, version, labels in reader.rows("SELECT track, version, labels FROM track_version WHERE labels LIKE ?", ('%"also":%',)):
        steps = [name for name, step in json.loads(labels)["steps"].items() if role in step.get("also", ())]
        for step in steps:
            condition, values = f"{condition} OR (e.track = ? AND e.version = ? AND t.step = ?)", [*values, track, version, step]
    return f"({condition})", values


def _stale(reader: DatabaseReader, which: Which, today: date) -> Iterator[Task]:
    asked = [("e.track = ?", which.track)] if which.track else []
    asked += [(of_participant(which.ref, "e"), which.ref)] if which.ref else []
    letters = _letters(reader, " AND ".join([_IS_STALE, *(text for text, _ in asked)]), [value for _, value in asked], today)
    return (one for one in letters if _wanted(reader, one, which))


def _wanted(reader: DatabaseReader, one: Task, which: Which) -> bool:
    return which.role in (None, one.role) and (which.person is None or hers(roles_of(reader, one.stream), one.role, which.person))


def _task(reader: DatabaseReader, row: Sequence[Any], today: date) -> Task:
    todo, (stream, ref, track, version, now, state) = to_todo(row[: len(TODO)]), row[len(TODO) :]
    whose = Whose(stream, ref, track or str(StreamId.parse(stream).track), version, now)
    return task_of(reader, whose, todo, today, stands=fact_of(decode(json.loads(state)), todo) if state else None)


def fact_of(progress: Progress, todo: Todo) -> Any:
    """The value that stands of the fact that a todo asks for, if there is one."""
    base, name = TodoKind.parse(todo.kind)
    return progress.value(f"fact:{name}") if base == "fact" else None


def _admits(labels: Labels, name: str, value: Any) -> bool:
    # Few tasks ask for a fact that has a value, and the import is more than the rest of the worklist costs.
    from definitions.model.fact_values import admitted_value  # noqa: PLC0415
    from definitions.model.track import Fact  # noqa: PLC0415

    of_type = labels.get("types", {}).get(name)
    declared = {name: Fact(name, of_type, choices=tuple(labels["choices"][name]))} if of_type else {}
    return admitted_value(declared, name, value) is not None


def task_of(reader: DatabaseReader, whose: Whose, todo: Todo, today: date, seq: int | None = None, *, stands: Any = None) -> Task:
    """Give a todo the names and the delay that a person needs to see.

    Args:
        reader: The database, opened for reading.
        whose: What it is about.
        todo: What is to be done.
        today: The day it is: what was to be done before it is late.
        seq: The number of the event that it is about, where it is known already.
        stands: The value of the fact that it asks for, if there is one.

    Returns:
        The task.

    """
    # Names are those of her own version: a step may be called otherwise, or be gone, in the one in force.
    labels = reader.labels(whose.track, whose.version)
    overdue = todo.due is not None and todo.due < today
    name = TodoKind.parse(todo.kind).about
    # What is said of an earlier run can be read, and is only asked anew (rule R60).
    if stands is not None and all(_admits(version, name, stands) for version in (labels, reader.labels(whose.track, None))):
        stands = None
    # What is restricted is seen in the case only.
    stands = "–" if stands is not None and name in labels["restricted"] else stands
    # Staff count the days that they could have done it on, so weekends and holidays are left out.
    late = working_days(todo.due, today) if overdue and todo.due else 0
    if seq is None and TodoKind.parse(todo.kind).base == "stranded":
        lost = lost_fact(reader.events(whose.stream), todo.kind, todo.step, todo.attempt)
        seq = lost[1] if lost else None
    return Task(
        whose.stream, whose.ref, whose.track, labels["track"] or whose.track, whose.status, todo.kind, todo.step,
        own_step_name(reader, whose.stream, labels, todo.step), todo.attempt, todo.role, todo.since, todo.due, overdue, late, seq, stands,
    )  # fmt: skip


def stale_letters(reader: DatabaseReader, stream: str, today: date) -> list[Task]:
    """List the letters of an enrolment that do not hold any more.

    Args:
        reader: The database, opened for reading.
        stream: The stream, as `REF/n` or `track/ID`.
        today: The day it is: what was to be done before it is late.

    Returns:
        A task for each.

    """
    return list(_letters(reader, f"t.stream = ? AND {_IS_STALE}", [stream], today))


def _letters(reader: DatabaseReader, condition: str, values: Sequence[str], today: date) -> Iterator[Task]:
    for stream, seq, template, ref, track, version, now in reader.each(f"{LETTERS} WHERE {condition} ORDER BY t.stream, t.seq", values):
        yield letter_task(reader, Whose(stream, ref, track, version, now), (seq, template), reader.events(stream), today)


def letter_task(reader: DatabaseReader, whose: Whose, letter: tuple[int, str], log: Sequence[Event], today: date) -> Task:
    """Make a task of that somebody must say that a letter does not hold any more.

    Args:
        reader: The database, opened for reading.
        whose: Whom the letter was about.
        letter: The number of the event that caused it, and its template.
        log: Her log.
        today: The day it is: what was to be done before it is late.

    Returns:
        The task.

    """
    seq, template = letter
    by_seq = {event.seq: event for event in log}
    since = max(by_seq[right].effective for right, of in roots(log).items() if of == seq)
    # A letter that is out is nobody's step, so the owner of the track has to see to it.
    owner = reader.labels(whose.track, whose.version).get("owner") or ""
    todo = Todo(str(TodoKind("letter", template)), by_seq[seq].step, seq, owner, since, None)
    return task_of(reader, whose, todo, today, seq)


def numbers(reader: DatabaseReader, streams: Collection[str]) -> dict[str, int]:
    """How many events streams have, those of tracks among them."""
    words = reader.words
    sql = f"SELECT stream, seq FROM enrolment WHERE {words.among('stream')} UNION ALL SELECT '{TRACK_PREFIX}' || id, seq FROM track"
    return dict(reader.rows(sql, (words.array(sorted(streams)),)))


def untold(log: Sequence[Event], seq: int) -> bool:
    """Whether a letter's cause was put right and nobody has said so, as far as a log goes."""
    return seq in roots(log).values() and seq not in told_of(log)
