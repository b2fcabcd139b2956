"""The door of facts: what is reported of an enrolment becomes a `CheckedFact`, or it has been said already and nothing is written.

Whatever brings a fact (a command, a row of a file, a scenario, a simulation) comes through here, and `operations.append_fact` takes
nothing else. What has been said is asked first, of every enrolment that may be meant, and before it is asked whether the fact may be
reported now: a line that is given again is answered as before, whatever has come of it since.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from definitions.model.refusal import Refusal
from tracks.engine.context.input_builder import person_view
from tracks.engine.context.present import Present
from tracks.events.event import Draft
from tracks.events.kinds.table import CORRECTED, KINDS, allowed, field_name
from tracks.events.outbox import STALE
from tracks.events.status import UNDER_WAY, Status
from tracks.recording import refusals
from tracks.recording.fact_values import check_reason, checked_facts
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.validation.employer_names import names_employer, with_employer
from tracks.recording.validation.validators import in_codes, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, TrackRow

_DOOR: Final = object()


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A fact that was held against all that is asked of its kind; `key` is the caller's own. Made by `checked`, and in no other way."""

    draft: Draft
    key: str | None
    door: InitVar[object] = None

    def __post_init__(self, door: object) -> None:
        """Refuse whoever has not come through the door."""
        if door is not _DOOR:
            raise TypeError("a fact is checked before it is written")


def checked(draft: Draft, key: str | None = None) -> CheckedFact:
    """Let a fact through that its kind's own function has held against all that is asked of it."""
    return CheckedFact(draft, key, _DOOR)


def checked_fact(book: Present, row: TrackRow, one: Enrolment, fact: ReportedFact) -> CheckedFact | None:
    """Hold a reported fact against all that is asked of its kind.

    Args:
        book: The present of the write.
        row: The snapshot of the track.
        one: The enrolment.
        fact: The fact.

    Returns:
        The fact as it will be written; None where it has been said already.

    Raises:
        Refusal: The fact is refused, with any code of `refusals`.

    """
    clock = book.clock_of(one.track, one.stream)
    check_key(book, one, fact)
    # Asked before the status: a fact that ended the enrolment, or about a letter that is settled since, is repeated and not refused.
    if said_of(book, clock, row, one, fact):
        return None
    try:
        return _newly_said(book, row, one, fact)
    except Refusal:
        if _only_note_differs(book, row, one, fact):
            raise refusals.NOTE_DIFFERS(ref=named(book, one), kind=fact.kind) from None
        raise


def _only_note_differs(book: Present, row: TrackRow, one: Enrolment, fact: ReportedFact) -> bool:
    """Whether all of a fact has been said already but its note, which the event that stands does not have."""
    said = {name: value for name, value in fact.content.items() if name != "note"}
    clock = book.clock_of(one.track, one.stream)
    return "note" in fact.content and said_of(book, clock, row, one, replace(fact, key=None, data=said))


def _newly_said(book: Present, row: TrackRow, one: Enrolment, fact: ReportedFact) -> CheckedFact | None:
    clock = book.clock_of(one.track, one.stream)
    if not allowed(fact.kind, one.progress.status):
        # A reason that is none is told before that it differs from what stands.
        check_reason(fact.content)
        raise not_now(book, one, fact)
    case = FactContext(person_view(book, row, one), one, clock, partial(book.claims, row.id), partial(named, book, one))
    if fact.kind == "contacted":
        _check_letter(book, one, fact)
    ready = validate(case, _as_logged(case, fact))
    # Once more, because validation fills in the run of the step and what the fact implies.
    if stands(one, ready):
        return None
    return checked(Draft(ready.kind, ready.on, ready.step, ready.attempt, ready.content), ready.key)


def enrolments_meant(book: Book, ref: str, track: str | None = None) -> list[Enrolment]:
    """List the enrolments that a reference may mean: `REF/n` that one, else all that a participant has.

    Args:
        book: The ledger.
        ref: A reference, or a stream of a participant.
        track: The id of the only track that is meant, where one is.

    """
    return book.load([ref]) if "/" in ref else [one for one in book.enrolments_of(ref) if track in (None, one.track)]


def enrolment_told(
    book: Book, ref: str, said: Callable[[Enrolment], bool], track: str | None = None, *, misregistered: bool = False
) -> Enrolment | None:
    """Find the enrolment of which the same has been said already; asked before anything is caught up, and before which one is meant.

    So a line that is given again is about what it was about, whatever has been opened since, and writes nothing.

    Args:
        book: The ledger.
        ref: A reference, or a stream of a participant.
        said: Whether what is about to be said has been said of an enrolment.
        track: The id of the only track that is meant, where one is.
        misregistered: Whether enrolments that should never have been count too; what was said of them is said anew of the right one.

    """
    every = enrolments_meant(book, ref, track)
    return next((one for one in reversed(every) if (misregistered or one.status != Status.MISREGISTERED) and said(one)), None)


def clock_for(book: Book, clock: Clock | None, one: Enrolment) -> Clock:
    """The clock by which it is asked what was said of an enrolment: that of the write, or where it is caught up for one its own.

    Args:
        book: The ledger, or the present of a write.
        clock: The time of the write; a present has its own.
        one: The enrolment.

    """
    if isinstance(book, Present):
        return book.clock_of(one.track, one.stream)
    assert clock is not None  # noqa: S101 - only of a present it may be left out
    return clock


def said_of(book: Book, clock: Clock, row: TrackRow, one: Enrolment, fact: ReportedFact) -> bool:
    """Whether a fact has been said of an enrolment already, by its key or by what it says; one that could not be said has not.

    Args:
        book: The ledger.
        clock: The time of the write.
        row: The snapshot of the track.
        one: The enrolment.
        fact: The fact.

    """
    if has_key(book, one, fact):
        return True
    try:
        return stands(one, _as_logged(FactContext(person_view(book, row, one), one, clock), fact))
    except Refusal:
        return False


def has_key(book: Book, one: Enrolment, fact: ReportedFact) -> bool:
    """Whether the caller's key of a fact stands on the same fact of an enrolment.

    Args:
        book: The ledger.
        one: The enrolment.
        fact: The fact, with its key if it has one.

    """
    standing: Event | None = book.keyed(one.stream, fact.key) if fact.key else None
    # A correction names no step itself; its event has that of the fact.
    return standing is not None and (standing.kind, "" if fact.kind == CORRECTED else standing.step) == (fact.kind, fact.step)


def check_key(book: Book, one: Enrolment, fact: ReportedFact) -> None:
    """Hold that the caller's key of a fact stands on no other fact of the enrolment.

    Args:
        book: The ledger.
        one: The enrolment.
        fact: The fact, with its key if it has one.

    Raises:
        Refusal: DIFFERENT_KEY.

    """
    if fact.key and book.keyed(one.stream, fact.key) and not has_key(book, one, fact):
        raise refusals.DIFFERENT_KEY(key=fact.key)


def _as_logged(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The fact in the words of the log, so that what is said in two ways, as a firm under its name and its id, is the same."""
    if names_employer(fact.content):
        fact = replace(fact, data=with_employer(case.view, fact.content))
    if fact.content.get("facts"):
        fact = fact.but(facts=checked_facts(case.view, fact.content["facts"], case.track))
    return in_codes(case, fact)


def stands(one: Enrolment, fact: ReportedFact) -> bool:
    """Whether the same fact (kind, step, day, content), in the words of the log, is already what the progress says."""
    # Of an offer that was answered since, the field that it shares with its answer says no more, and its own still does.
    names = {field_name(fact.kind, fact.content), KINDS[fact.kind].beside if fact.kind == "offered" else ""} - {""}
    return any(
        (step, field.effective) == (fact.step, fact.on)
        and found in names
        and not (fact.kind == "placed" and _of_another_run(one, fact, n))
        and field.value.get("kind", fact.kind) == fact.kind  # one field holds offers and their answers
        and _within(fact.content, field.value)
        for (step, n, found), field in one.progress.fields.items()
    )


def _of_another_run(one: Enrolment, fact: ReportedFact, attempt: int) -> bool:
    """A placement for a run to come, left behind where what was to lead there was taken back, is none for the run that goes on."""
    return attempt != fact.attempt if fact.attempt else attempt > one.progress.attempts(fact.step)


def _within(said: Mapping[str, Any], standing: Any) -> bool:
    return all(standing.get(key) == value for key, value in said.items())


def named(book: Book, one: Enrolment) -> str:
    """How an enrolment is named in a command that is proposed: by the reference where the person has no other."""
    return one.ref if len(book.enrolments_of(one.ref)) == 1 else one.stream


def not_now(book: Present, one: Enrolment, fact: ReportedFact) -> Refusal:
    """Why the status does not allow the fact; with the other enrolments of the participant that it could be meant for.

    Args:
        book: The present of the write.
        one: The enrolment.
        fact: The fact.

    """
    kind, status = fact.kind, one.progress.status
    if kind == "moved" and status in UNDER_WAY:
        return refusals.HAS_BEGUN(ref=named(book, one))
    others = [found for found in book.enrolments_of(one.ref) if found.stream != one.stream]
    able = [found.stream for found in others if (then := book.known(found, one.track)) and allowed(kind, then.progress.status)]
    if able:
        return refusals.NOT_ON_THIS_ONE(kind=kind, status=status, ref=one.ref, stream=one.stream, others=", ".join(able))
    run = fact.attempt or one.progress.attempts(fact.step)
    if (said := one.progress.get(field_name(kind, fact.content), fact.step, run)) and said.value.get("kind", kind) == kind:
        return refusals.SAID_DIFFERENTLY(kind=kind, number=said.position, ref=named(book, one))
    return refusals.NOT_NOW(kind=kind, status=status, ref=named(book, one))


def _check_letter(book: Book, one: Enrolment, fact: ReportedFact) -> None:
    """Check that the letter is there, where the fact says of one that it does not hold any more.

    Raises:
        Refusal: NO_SUCH_LETTER.

    """
    number = fact.content.get("letter")
    if number is not None and not any(row.letter.seq == number and row.state == STALE for row in book.letters_of(one.stream)):
        raise refusals.NO_SUCH_LETTER(number=number, ref=named(book, one))
