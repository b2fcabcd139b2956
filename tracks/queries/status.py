"""The light read side: where people stand, answered from the snapshots by the standard driver alone.

Nothing heavy is imported here, and no track is built: names come from `track_version.labels`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from definitions.model.vocabulary import AT_EMPLOYERS
from tracks.clock import Clock
from tracks.engine.context.situation import awaits_outcome, outcome_now, outcomes
from tracks.events.fold import Progress, asked_for_interest, decode, pauses, standing_proposal, start_of
from tracks.events.status import OPEN, UNDER_WAY, Status
from tracks.events.todos import TodoKind
from tracks.queries.planned import planned_end, planned_exit
from tracks.queries.reader import own_labels
from tracks.queries.worklist import Which, worklist
from tracks.storage.reads import of_participant
from tracks.storage.rows import to_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from tracks.engine.context.situation import ReportedOutcome
    from tracks.events.snapshots import Enrolment
    from tracks.queries.reader import DatabaseReader, Labels
    from tracks.queries.worklist import Task


class Spell(NamedTuple):
    """The days of one run of a step with one employer; `until` is the first day elsewhere, None while she is there."""

    step: str
    attempt: int
    employer: str
    since: date
    until: date | None


# Where an enrolment is now, by step and run: what is worked out of the log and the track, which nothing here may open.
Places: TypeAlias = "Callable[[str], Mapping[tuple[str, int], Spell]]"


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step that is going on, and its planned end. `employer` is where it goes on, `placed` the day since which she is there.

    `waits` of one after exit that goes on only if she has come to work, which nobody has said.
    """

    id: str
    name: str
    type: str
    responsible: str | None
    attempt: int
    since: date
    employer: str | None = None
    employer_name: str = ""
    placed: date | None = None
    until: date | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one enrolment stands. `behind_since` is the day from which the engine has something left to do; `outcome` the latest told."""

    stream: str
    ref: str
    track: str
    track_name: str
    version: int | None
    status: str
    since: date | None
    admitted: date | None
    closed: date | None
    steps: tuple[StepNow, ...]
    todos: tuple[Task, ...]
    due: date | None
    behind_since: date | None
    recorded: str
    progress: Progress
    labels: Labels
    planned_exit: date | None = None
    outcome: ReportedOutcome | None = None


_DECIDED_FIRST: Final = frozenset({"decision", "proposal", "transfer"})
_SNAPSHOT: Final = "SELECT stream, ref, track, version, due, recorded, state FROM enrolment"


def status(reader: DatabaseReader, ref: str, today: date, places: Places = lambda _: {}) -> list[Stand]:
    """Answer where a participant or one enrolment stands.

    Args:
        reader: The database, opened for reading.
        ref: The participant (`REF`) or the enrolment (`REF/n`).
        today: The day it is: what was to be done before it is late.
        places: What answers at which employers she is, asked where nobody placed her before a step began.

    Returns:
        One for each enrolment, the first one first; empty where there is nobody.

    """
    found = reader.rows(f"{_SNAPSHOT} WHERE {of_participant(ref)}", (ref,))
    # One question for all of her enrolments: the names in it are looked up once.
    tasks = worklist(reader, today, Which(ref=ref))
    stands = [
        stand_of(reader, row[:4], decode(json.loads(row[6])), to_day(row[4]), row[5], today, [t for t in tasks if t.stream == row[0]])
        for row in found
    ]
    stands = [replace(one, steps=at_employers(one.steps, one.labels, one.stream, places)) for one in stands]
    return sorted(stands, key=lambda one: (len(one.stream), one.stream))


def stand_of(
    reader: DatabaseReader,
    who: Sequence[Any],
    progress: Progress,
    due: date | None,
    recorded: str,
    today: date,
    tasks: Iterable[Task],
) -> Stand:
    """Make an answer of a fold.

    Args:
        reader: The database, opened for reading.
        who: Stream, reference, track and version.
        progress: Her fold.
        due: The day on which the engine is to look next.
        recorded: The instant that was recorded last.
        today: The day it is: what was to be done before it is late.
        tasks: What people have to do about it.

    Returns:
        Where she stands, at an employer only where she was placed there before the step began.

    """
    stream, ref, track, version = who
    labels, now = own_labels(reader, track, version, progress), progress.status
    return Stand(
        stream, ref, track, labels["track"] or track, version, str(now), status_since(progress, now), progress.on("admitted"),
        progress.exited, ongoing(progress, labels, now), tuple(tasks), due,
        due if due and due < today else None, recorded, progress, labels,
        # What a person is to decide first stands in no plan.
        None if any(TodoKind.parse(task.kind).base in _DECIDED_FIRST for task in tasks) else planned_exit(progress, labels, today),
        outcome_now(outcomes(progress)),
    )  # fmt: skip


def follows(one: Enrolment | Stand, today: date, *, pending: bool) -> bool:
    """Whether the engine has something to write of an enrolment that something was recorded of today; its due day tells it.

    Args:
        one: The enrolment, or where it stands.
        today: The day it is.
        pending: Whether its track has a slice that is not over, in which those who wait may be given a place.

    """
    if Clock.recorded_at(one.recorded).today < today:
        return False
    if one.due and one.due <= today:
        return True
    waits = one.status == Status.WAITING and not standing_proposal(one.progress) and not asked_for_interest(one.progress)
    return pending and waits


def status_since(progress: Progress, now: Status) -> date | None:
    """The day that the enrolment came to the status it has."""
    if now is Status.MISREGISTERED:
        return progress.on("misregistered")
    if now not in OPEN and progress.exit:
        return progress.exited
    if now is Status.PAUSED:
        # Pauses are ordered by day, and the one that goes on is the last.
        return pauses(progress)[-1][0]
    if now is Status.ACTIVE:
        # Coming back from a pause is coming to the status anew.
        return max((back for _, back in pauses(progress) if back), default=progress.on("admitted"))
    return progress.on("intake") or progress.on("waitlisted") or progress.on("referred")


def common_start(progress: Progress) -> str:
    """The common start that a person was admitted to, is offered, or has accepted; empty where there is none."""
    admitted, intake = progress.value("admitted"), progress.value("intake")
    if admitted:
        return str(admitted.get("start", ""))
    return start_of(progress) if intake and intake["kind"] in ("offered", "accepted") else ""


def ongoing(progress: Progress, labels: Labels, now: Status) -> tuple[StepNow, ...]:
    """List the steps that are going on; after exit only those beside the chain.

    Args:
        progress: Her fold.
        labels: The names of the version that holds for her.
        now: Her status.

    Returns:
        The steps, in the order written.

    """
    found = []
    for (step, attempt, name), started in progress.fields.items():
        open_still = name == "started" and not progress.get("ended", step, attempt) and now is not Status.MISREGISTERED
        label = labels["steps"].get(step, {}) if open_still else {}
        if open_still and (now in UNDER_WAY or label.get("beside")):
            # The engine starts a step when it may begin; the day that somebody said it began is the one that people know.
            since = progress.on("began", step, attempt) or started.effective
            until = planned_end(progress, labels, step, attempt)
            whose = label.get("name") or step, label.get("type", ""), label.get("responsible")
            one = StepNow(step, *whose, attempt, since, until=until, waits=now not in UNDER_WAY and awaits_outcome(progress))
            placed = progress.get("placed", step, attempt)
            # Who was placed before the step began is there since it did; all else is told by the log and the track.
            if placed and placed.effective <= since:
                one = _at(one, str(placed.value["employer"]), since, labels)
            found.append(one)
    place = {step: number for number, step in enumerate(labels["sequence"])}
    return tuple(sorted(found, key=lambda one: (place.get(one.id, len(place)), one.id, one.attempt)))


def at_employers(steps: tuple[StepNow, ...], labels: Labels, stream: str, places: Places) -> tuple[StepNow, ...]:
    """Add where a step goes on that nobody was placed for before it began: as before, at the only employer, or changed since (rule R33).

    Args:
        steps: The steps that go on.
        labels: The names of the version that holds for her.
        stream: The stream of the enrolment.
        places: What answers at which employers an enrolment is.

    Returns:
        The steps in the same order.

    """
    if all(one.employer or one.type not in AT_EMPLOYERS for one in steps):
        return steps
    there = places(stream)
    found = ((one, there.get((one.id, one.attempt))) for one in steps)
    return tuple(_at(one, spell.employer, spell.since, labels) if spell else one for one, spell in found)


def _at(step: StepNow, employer: str, since: date, labels: Labels) -> StepNow:
    return replace(step, employer=employer, employer_name=labels["employers"].get(employer, employer), placed=since)
