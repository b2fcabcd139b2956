"""What is said of a participant, and not of one enrolment: that two references are hers, or that her number is another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.engine.context.input_builder import person_view
from tracks.events.event import Draft
from tracks.events.fold import evolve
from tracks.events.hash_chain import append
from tracks.events.status import CLOSED
from tracks.events.streams import ref_of
from tracks.recording import refusals
from tracks.recording.operations import Recorded, record_fact_within, track_row
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.snapshots import Enrolment


def record_of_all(book: Present, actor: str, found: Iterable[Enrolment], kind: str, data: Mapping[str, Any]) -> list[Recorded]:
    """Record a fact of today on enrolments, so that each history tells it.

    Args:
        book: The present of the write.
        actor: Who reports the fact.
        found: The enrolments.
        kind: The kind of the fact.
        data: Its data.

    """
    return [
        record_fact_within(book, actor, one, ReportedFact(kind, book.clock_of(one.track, one.stream).today, data=data)) for one in found
    ]


def record_disclosed(book: Book, clock: Clock, actor: str, found: Iterable[Enrolment], data: Mapping[str, Any]) -> list[Recorded]:
    """Record on enrolments, inside a running transaction, that something locked was shown.

    Somebody read and nothing happened, so nobody is caught up, nothing is woken, and due, frontier and pending stand as they are.

    Args:
        book: The ledger.
        clock: The time of the reading.
        actor: Who reads.
        found: The enrolments, which are moved on.
        data: What was shown, and to whom.

    """
    written = []
    for one in found:
        row = track_row(book, one.track)
        own, draft = person_view(book, row, one).own, Draft("disclosed", clock.today, "", 0, data)
        when = max(clock.recorded, row.recorded)
        events = append(one, [draft], actor=actor, recorded=when, version=own.version, track_hash=own.hash)
        one.progress = evolve(one.progress, events[0], events[0].seq)
        one.last = max(one.last or clock.today, clock.today)
        # On a coupled track instants never go back for anybody, and its row says how far they have come.
        unit = [other for name in book.unit(row.id) if (other := book.track(name))] if row.coupled else []
        for other in unit:
            other.recorded = max(other.recorded, when)
        book.save([one], events, unit)
        written.append(Recorded(one.stream, tuple(events)))
    return written


def merge(book: Book, clock: Clock, actor: str, refs: tuple[str, str], data: Mapping[str, Any]) -> list[Recorded]:
    """Record that two references are one person: every enrolment of the first is one of the second from now on.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who says so.
        refs: The reference that goes, and the one that stays.
        data: The rest of the fact's data: its reason, and the print of a note.

    Returns:
        What was written, one for each enrolment; all repeated where the two are one already.

    Raises:
        Refusal: UNKNOWN_PARTICIPANT, SAME_REFERENCE, or IN_TWO_PLACES where one person would stand twice on a track; nothing was written.

    """
    return write(book, clock, lambda now: merge_within(now, actor, refs, data))


def merge_within(book: Present, actor: str, refs: tuple[str, str], data: Mapping[str, Any]) -> list[Recorded]:
    """Record that two references are one person.

    Args:
        book: The present of the write.
        actor: Who says so.
        refs: The reference that goes, and the one that stays.
        data: The rest of the fact's data.

    Raises:
        Refusal: As `merge`.

    """
    going, staying = (_enrolments(book, ref) for ref in refs)
    if refs[0] == refs[1]:
        raise refusals.SAME_REFERENCE(ref=refs[0])
    into = staying[0].ref
    if going[0].ref == into:
        return [Recorded(one.stream, repeated=True) for one in going if ref_of(one.stream) == refs[0]]
    _check_once(going, staying)
    return record_of_all(book, actor, going, "merged", {"into": into, **data})


def separate(book: Book, clock: Clock, actor: str, refs: tuple[str, str], data: Mapping[str, Any]) -> list[Recorded]:
    """Record that a merge was a mistake: the enrolments that were opened under the first reference have it again.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who says so.
        refs: The reference that was merged, and the one that it was merged into.
        data: The rest of the fact's data: its reason, and the print of a note.

    Raises:
        Refusal: UNKNOWN_PARTICIPANT, or NOT_MERGED; nothing was written.

    """
    return write(book, clock, lambda now: separate_within(now, actor, refs, data))


def separate_within(book: Present, actor: str, refs: tuple[str, str], data: Mapping[str, Any]) -> list[Recorded]:
    """Record that a merge was a mistake.

    Args:
        book: The present of the write.
        actor: Who says so.
        refs: The reference that was merged, and the one that it was merged into.
        data: The rest of the fact's data.

    Raises:
        Refusal: As `separate`.

    """
    hers = [one for one in _enrolments(book, refs[0]) if ref_of(one.stream) == refs[0]]
    into, merges = _enrolments(book, refs[1])[0].ref, {one.stream: _merges(book, one) for one in hers}
    merged = [one for one in hers if merges[one.stream]]
    if merged and all(merges[one.stream][-2:] == [into, refs[0]] for one in merged):
        return [Recorded(one.stream, repeated=True) for one in merged]
    if hers[0].ref == refs[0] or hers[0].ref != into:
        raise refusals.NOT_MERGED(ref=refs[0], into=refs[1])
    return record_of_all(book, actor, hers, "merged", {"into": refs[0], **data})


def _merges(book: Book, one: Enrolment) -> list[str]:
    """The references that an enrolment was given by merges, and by taking them back, the first one first."""
    return [event.data["into"] for event in book.events(one.stream) if event.kind == "merged"]


def is_erased(book: Book, seq: int, day: date, one: Enrolment) -> bool:
    """Whether the free text of an event was erased on a day; on another, the same number of another enrolment may be meant.

    Args:
        book: The ledger.
        seq: The number of the event.
        day: The day.
        one: The enrolment in whose stream it is.

    """
    return any((event.kind, event.data.get("of"), event.effective) == ("erased", seq, day) for event in book.events(one.stream))


def _enrolments(book: Present, ref: str) -> list[Enrolment]:
    found = book.enrolments_of(ref)
    if not found:
        raise refusals.unknown_participant(ref)
    return found


def _check_once(going: list[Enrolment], staying: list[Enrolment]) -> None:
    """Hold that one person has one place on a track; which one is hers, a person decides. Raises IN_TWO_PLACES."""
    for one in going:
        for other in staying:
            if one.track == other.track and one.status not in CLOSED and other.status not in CLOSED:
                raise refusals.IN_TWO_PLACES(track=one.track, stream=one.stream, other=other.stream)
