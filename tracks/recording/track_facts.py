"""Facts on a track itself: a version put in force, and what becomes of its starts, employers and goals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model.fact_values import admits
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.context.labels import labels_of
from tracks.engine.context.plan import plan_of
from tracks.engine.loop.advance import BATCH
from tracks.engine.loop.apply import refresh_claims
from tracks.engine.loop.retroactive import pass_on_track_fact
from tracks.engine.rules.track_todos import track_todos
from tracks.events.fold import Progress, evolve
from tracks.events.hash_chain import append
from tracks.events.kinds.table import OF_A_START
from tracks.events.kinds.track_facts import Applied
from tracks.events.resources import IntakePlace
from tracks.events.snapshots import TrackRow
from tracks.events.status import EXITED, OPEN, UNADMITTED
from tracks.events.streams import track_stream
from tracks.recording.operations import Recorded, mark_pending, track_row
from tracks.recording.validation.employer_names import names_employer, with_employer
from tracks.recording.validation.track import check_shared
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from definitions.model.track import Fact, Track
    from tracks.clock import Clock
    from tracks.engine.context.plan import Plan
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.event import Draft, Event
    from tracks.events.snapshots import Enrolment


def put_in_force(book: Book, clock: Clock, actor: str, track: Track, track_hash: bytes, source: str) -> Recorded:
    """Put a version of a track in force, which wakes all who are on it: what is shared follows the version in force (rule R6).

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who puts it in force.
        track: The track as loaded.
        track_hash: The hash of its meaning; where the version in force has the same, nothing is written.
        source: The YAML that it was loaded from.

    """
    return write(book, clock, lambda now: put_in_force_within(now, actor, track, track_hash, source))


def put_in_force_within(book: Present, actor: str, track: Track, track_hash: bytes, source: str) -> Recorded:
    """Put a version of a track in force.

    Args:
        book: The present of the write.
        actor: Who puts it in force.
        track: The track as loaded.
        track_hash: The hash of its meaning; where the version in force has the same, nothing is written.
        source: The YAML that it was loaded from.

    """
    name = track.track
    version = book.version(name)
    if version is not None and book.plan(name, version).hash == track_hash:
        return Recorded(track_stream(name), (), repeated=True)
    plan = plan_of(track, (version or 0) + 1, track_hash)
    # What is due by now is decided by the version that was in force, also on the tracks that this one makes one unit with it.
    book.join(plan)
    book.put_plan(plan, source, labels_of(track))
    events = _apply(book, actor, book.track(name) or TrackRow(name, plan.version, Progress()), plan)
    return Recorded(track_stream(name), tuple(events))


class LeftOut(NamedTuple):
    """A fact whose stored values a version to come does not admit: how it was declared, how it is to be, and who has such a value."""

    was: Fact
    becomes: Fact
    refs: tuple[str, ...]


def values_left_out(book: Present, track: Track) -> list[LeftOut]:
    """List whose values become unknown to a version of a track if it is put in force (rule R47).

    Args:
        book: The ledger.
        track: The version as loaded.

    Returns:
        The facts that it declares otherwise than they were last, where somebody has a value of the old kind only; of what goals ask
        about also those who have left.

    """
    before: dict[str, Fact] = {}
    # A fact that a version left out, and that comes back, still has the values that were said before.
    for version in range(1, (book.version(track.track) or 0) + 1):
        before |= book.plan(track.track, version).track.facts
    changed = [
        (fact, track.facts[name]) for name, fact in before.items() if name in track.facts and not _same_values(fact, track.facts[name])
    ]
    # Whether somebody is still here depends on what is due by now.
    people = book.load(sorted(book.members(track.track, OPEN | EXITED))) if changed else []
    asked = plan_of(track).asked if changed else ()
    found = []
    for was, becomes in changed:
        meant = (one for one in people if was.id in asked or one.progress.status in OPEN)
        said = ((one.ref, one.progress.value(f"fact:{was.id}")) for one in meant)
        refs = tuple(ref for ref, value in said if value is not None and admits(was, value) and not admits(becomes, value))
        found += [LeftOut(was, becomes, refs)] if refs else []
    return found


def _same_values(one: Fact, other: Fact) -> bool:
    return (one.type, one.choices) == (other.type, other.choices)


def _apply(book: Present, actor: str, row: TrackRow, plan: Plan) -> list[Event]:
    clock = book.clock_of(row.id)
    draft = Applied(version=plan.version, hash=plan.hash.hex()).draft(clock.today)
    when = max(clock.recorded, row.recorded)
    events = append(row, [draft], actor=actor, recorded=when, version=plan.version, track_hash=plan.hash)
    row.state = evolve(row.state, events[0], events[0].seq)
    row.version = plan.version
    # Once coupled, for ever: people may hold places in what the new version no longer shares.
    row.coupled = row.coupled or plan.coupled
    book.save([], events, [row])
    _couple(book, row)
    everyone = {*book.members(row.id, OPEN), *(stream for stream, _ in book.claims(row.id))}
    # Who has left is still asked for what a goal cannot read (rule R47).
    if plan.version > 1 and _asked_values(book.plan(row.id, plan.version - 1)) != _asked_values(plan):
        everyone.update(book.members(row.id, EXITED))
    pass_on_track_fact(book, row, everyone, clock.today, clock.today, when)
    _ask_anew(book, row, clock.today)
    mark_pending(book, row)
    return events


def _ask_anew(book: Present, row: TrackRow, day: date) -> None:
    """Bring the places in the queue, and what is asked, of those who have no place yet up to the version that they follow now.

    They follow the one in force, so that a list that is read before the next advance would compare them by an order that is no more.
    """
    waiting = sorted(book.members(row.id, UNADMITTED)) if row.version > 1 else []
    for at in range(0, len(waiting), BATCH):
        people = book.load(waiting[at : at + BATCH])
        for one in people:
            refresh_claims(person_view(book, row, one), one, day)
        book.save(people, [])


def _asked_values(plan: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The facts that a version asks about as long as anybody is asked, each with its type and choices."""
    return {name: (fact.type, fact.choices) for name in plan.asked if (fact := plan.track.facts.get(name))}


def _couple(book: Present, row: TrackRow) -> None:
    """Couple all tracks of a unit together, so that a place left by admission elsewhere is free the same day."""
    rows = [found for name in book.unit(row.id) if (found := book.track(name))]
    if not any(found.coupled for found in rows):
        return
    today = book.clock_of(row.id).today
    for found in rows:
        found.coupled = True
        found.due = min(found.due or today, today)
    book.save([], [], rows)
    row.coupled = True


def record_track_fact(book: Book, clock: Clock, actor: str, track: str, draft: Draft) -> Recorded:
    """Record one fact of what is shared on a track: a start, an employer, a goal.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who reports the fact.
        track: The id of the track.
        draft: The fact.

    Raises:
        Refusal: The fact is refused, as `validation.track.check_shared` says; nothing was written.

    """
    # Asked before anything is caught up for it.
    if stands_on_track(row := track_row(book, track), _in_codes(book, row, draft)):
        return Recorded(track_stream(track), repeated=True)
    return write(book, clock, lambda now: record_track_fact_within(now, actor, track, draft))


def record_track_fact_within(book: Present, actor: str, track: str, draft: Draft) -> Recorded:
    """Record one fact of what is shared on a track.

    Args:
        book: The present of the write.
        actor: Who reports the fact.
        track: The id of the track.
        draft: The fact.

    Raises:
        Refusal: As `record_track_fact`.

    """
    track_row(book, track)
    # It concerns everybody, also where nothing is shared.
    book.catch_up(track)
    row, clock = track_row(book, track), book.clock_of(track)
    plan, draft = book.plan(track, row.version), _in_codes(book, row, draft)
    if stands_on_track(row, draft):
        return Recorded(track_stream(track), repeated=True)
    check_shared(track_view(book, row, None), book.claims(track), book.events(track_stream(track)), clock.today, draft)
    when = max(clock.recorded, row.recorded)
    events = append(row, [draft], actor=actor, recorded=when, version=row.version, track_hash=plan.hash)
    row.state = evolve(row.state, events[0], events[0].seq)
    view, gone = track_view(book, row, None), partial(_of, book, row.id, EXITED)
    row.todos = track_todos(view, book.claims(row.id), clock.today, gone)
    book.save([], events, [row])
    # Only these change what somebody was given before; the rest is read when people are next decided.
    if draft.kind in ("employer_withdrew", *OF_A_START):
        pass_on_track_fact(book, row, concerned(book, row, draft), draft.effective, clock.today, when)
    mark_pending(book, row)
    return Recorded(track_stream(track), tuple(events))


def _in_codes(book: Book, row: TrackRow, draft: Draft) -> Draft:
    """The fact with the employer's id, so that a firm under its name and its id is the same."""
    return draft._replace(data=with_employer(track_view(book, row, None), draft.data)) if names_employer(draft.data) else draft


def stands_on_track(row: TrackRow, draft: Draft) -> bool:
    """Whether a fact of a track is what its state says already: the same days and values afterwards. Positions always differ."""
    # A position after all others, since it would be the last event of its day.
    known = evolve(row.state, draft, 1 << 50)
    return {k: f[::2] for k, f in known.fields.items()} == {k: f[::2] for k, f in row.state.fields.items()}


def _of(book: Present, track: str, statuses: Collection[str]) -> list[Enrolment]:
    return book.load(book.members(track, statuses))


# What somebody may have gone on by; a goal is counted, and nobody goes on by it.
REACHES: Final = frozenset({"employer_withdrew", "employer_reported", *OF_A_START})


def concerned(book: Book, row: TrackRow, draft: Draft) -> list[str]:
    """List whom a track's fact wakes: those of its start and all who wait, everyone under way with an employer, or with a shared step.

    Args:
        book: The ledger.
        row: The snapshot of the track.
        draft: The fact.

    """
    if draft.kind in OF_A_START:
        resource = str(IntakePlace(draft.data["start"]))
        holders = (stream for stream, claim in book.claims(row.id) if claim.resource == resource)
        return sorted({*book.members(row.id, ("waiting",)), *holders})
    if draft.kind == "employer_reported":
        return sorted({stream for stream, _ in book.claims(row.id)})
    return book.members(row.id, ("accepted", "active", "paused"))
