"""Transfers, as a track declares them: to another track, which is a referral there, or to an authority."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from definitions.model.fact_values import STATED, admits, admitted_value
from definitions.model.words import fits_log
from tracks.engine.context.input_builder import person_view
from tracks.events.status import CLOSED
from tracks.events.streams import enrolment_stream
from tracks.recording import refusals
from tracks.recording.drafts import check_key, enrolment_told, has_key, named
from tracks.recording.enrolment import Referral, check_born_kept, enrol_within
from tracks.recording.operations import Recorded, find_enrolment, record_fact_within, track_row
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.validation.validators import validate
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from definitions.model.track import Track, Transfer
    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.fold import Field
    from tracks.events.snapshots import Enrolment


class TransferRequest(NamedTuple):
    """A transfer by its declared id, or by where it leads.

    `more` is the rest of the fact's data: an outcome, and the print of a note; `key` the caller's own, by which it is known again.
    `born` is the month of birth as it is stated for the receiving track, refused where that would not keep it; `known` that of her number.
    """

    name: str
    on: date
    reason: str = "other"
    more: Mapping[str, Any] = {}
    key: str | None = None
    born: str | None = None
    known: str | None = None


def transfer(book: Book, clock: Clock, actor: str, ref: str, wanted: TransferRequest) -> Recorded:
    """Transfer a participant as the track declares.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who transfers.
        ref: A reference, or a stream of a participant.
        wanted: The transfer.

    Raises:
        Refusal: As `transfer_within`.

    """
    return write(book, clock, lambda now: transfer_of(now, actor, ref, wanted))


def transfer_of(book: Present, actor: str, ref: str, wanted: TransferRequest, track: str | None = None) -> Recorded:
    """Transfer the participant of the enrolment that a reference means; one that has been made already is answered as before.

    Args:
        book: The present of the write.
        actor: Who transfers.
        ref: A reference, or a stream of a participant.
        wanted: The transfer.
        track: The id of the only track that is meant, where one is.

    Raises:
        Refusal: As `transfer_within`.

    """
    if made := enrolment_told(book, ref, partial(_is_made, book, wanted), track):
        return Recorded(made.stream, repeated=True)
    said = {name: value for name, value in wanted.more.items() if name != "note"}
    if said != wanted.more and (made := enrolment_told(book, ref, partial(_is_made, book, wanted._replace(more=said, key=None)), track)):
        raise refusals.NOTE_DIFFERS(ref=named(book, made), kind="transferred")
    return transfer_within(book, actor, find_enrolment(book, ref, track), wanted)


def _is_made(book: Present, wanted: TransferRequest, one: Enrolment) -> bool:
    """Whether the same transfer has been made, by its key, or to the same place on the same day and with all that is said of it."""
    if has_key(book, one, ReportedFact("transferred", wanted.on, key=wanted.key)):
        return True
    view = person_view(book, track_row(book, one.track), one)
    case = FactContext(view, one, book.clock_of(one.track, one.stream))
    found, made = _declared(view.own.track, wanted.name), case.context.transfer
    if not (found and made and made.effective == wanted.on):
        return False
    said = {"to": found.to, "reason": wanted.reason, **wanted.more}
    opened = next(iter(book.load([made.value["enrolment"]])), None) if wanted.born and "enrolment" in made.value else None
    same_birth = opened is None or opened.progress.value("referred").get("born") == wanted.born
    return same_birth and all(made.value.get(name) == value for name, value in said.items())


def _declared(track: Track, name: str) -> Transfer | None:
    """The transfer of a name; people name it by where it leads as often as by its id."""
    return track.transfers.get(name) or next((one for one in track.transfers.values() if one.to == name), None)


def transfer_within(book: Present, actor: str, one: Enrolment, wanted: TransferRequest) -> Recorded:
    """Transfer the participant of an enrolment.

    Args:
        book: The present of the write.
        actor: Who transfers.
        one: The enrolment that is left.
        wanted: The transfer.

    Raises:
        Refusal: UNKNOWN_TRANSFER, TRANSFER_UNDER_WAY, TRANSFER_REQUIRES, NO_OUTCOME_YET, BORN_NOT_KEPT, ALREADY_ENROLLED on the
            other track, or any of `record_fact`; nothing was written.

    """
    name, on, reason, more, key, born, known = wanted
    check_key(book, one, ReportedFact("transferred", on, key=key))
    if _is_made(book, wanted, one):
        return Recorded(one.stream, repeated=True)
    row = track_row(book, one.track)
    view = person_view(book, row, one)
    case = FactContext(view, one, book.clock_of(row.id, one.stream), named=partial(named, book, one))
    found = check_transfer(case, name)
    fact = ReportedFact("transferred", on, data={"to": found.to, "transfer": found.id, "reason": reason, **more}, key=key)
    _check_kept(book, found, born)
    if not found.local:
        return record_fact_within(book, actor, one, fact)
    if "outcome" in more:
        raise refusals.NO_OUTCOME_YET(to=found.to)
    _nowhere_else(book, one, found.to)
    validate(case, fact)
    return _to_track(book, actor, one, found, fact, born or known)


def check_transfer(case: FactContext, name: str) -> Transfer:
    """Find a transfer of the track that is open to the participant of an enrolment.

    Args:
        case: The enrolment.
        name: The id of the transfer, or where it leads.

    Raises:
        Refusal: UNKNOWN_TRANSFER, TRANSFER_UNDER_WAY or TRANSFER_REQUIRES.

    """
    own = case.view.own
    found = _declared(own.track, name)
    if found is None:
        raise refusals.UNKNOWN_TRANSFER(track=case.track, transfer=name, transfers=", ".join(own.track.transfers) or "-")
    if under_way := case.context.transfer:
        raise refusals.TRANSFER_UNDER_WAY(ref=case.ref, to=under_way.value["to"], there=under_way.value.get("enrolment", ""))
    if own.transfers[found.id].holds(case.context.situation) is not True:
        raise refusals.TRANSFER_REQUIRES(**own.transfers[found.id].unmet(case.context.situation))
    return found


def _check_kept(book: Present, found: Transfer, born: str | None) -> None:
    """Refuse a month of birth that whoever receives her would not keep. Raises BORN_NOT_KEPT."""
    if born and not found.local:
        raise refusals.BORN_NOT_KEPT(track=found.to)
    if born:
        there = track_row(book, found.to)
        check_born_kept(book.plan(there.id, there.version), born)


def _nowhere_else(book: Present, one: Enrolment, track: str) -> None:
    """Check that nobody is transferred to a track where she has an open enrolment already.

    Raises:
        Refusal: ALREADY_ENROLLED.

    """
    for other in book.enrolments_of(one.ref):
        if other.track == track and other.status not in CLOSED:
            raise refusals.ALREADY_ENROLLED(ref=one.ref, track=track, stream=other.stream, status=other.status)


def _to_track(book: Present, actor: str, one: Enrolment, found: Transfer, fact: ReportedFact, born: str | None) -> Recorded:
    """Record the transfer, and refer to the receiving track in the same transaction."""
    view, there = person_view(book, track_row(book, one.track), one), track_row(book, found.to)
    facts = carried(one, view.own.track, book.plan(there.id, there.version).track, found.carries)
    born = born or one.progress.value("referred").get("born")
    # The fact names the enrolment that it opens, so that one gets its number first.
    stream = enrolment_stream(one.ref, book.reserve(one.ref))
    said = record_fact_within(book, actor, one, fact.but(enrolment=stream))
    if said.repeated:
        return said
    said_then = {name: field.value for name, field in facts.items()}
    days = {name: field.effective.isoformat() for name, field in facts.items()}
    referral = Referral(one.ref, fact.on, "transfer", said_then, born, one.person, origin=one.stream, days=days)
    opened = enrol_within(book, actor, there.id, referral)
    return Recorded(said.stream, (*said.events, *opened.events))


def carried(one: Enrolment, here: Track, there: Track, carries: tuple[str, ...]) -> dict[str, Field]:
    """List the facts that go along, with their days: each value that it is possible to say on the track that receives.

    Args:
        one: The enrolment that is left.
        here: The track that is left.
        there: The track that receives.
        carries: The names of the only facts that go along besides the built-in ones; empty for all of the same name and type.

    """
    # Indicators are broken down by the built-in ones on every track, so they always go along.
    wanted = {name for name in _asked_along(here, there, carries) if name in there.facts} | {*STATED}
    return {name: field for name, field in _known(one, here, wanted) if _fits(here, there, name, field)}


def left_behind(one: Enrolment, here: Track, there: Track, carries: tuple[str, ...]) -> list[str]:
    """List the facts that were to go along and cannot, by name: the track that receives has not the fact, or not the value.

    Args:
        one: The enrolment that is left.
        here: The track that is left.
        there: The track that receives.
        carries: What the transfer says goes along.

    """
    return [name for name, field in _known(one, here, _asked_along(here, there, carries)) if not _fits(here, there, name, field)]


def _asked_along(here: Track, there: Track, carries: tuple[str, ...]) -> set[str]:
    """The facts of a track that are to go along: those that the transfer names, else all that both tracks have."""
    return set(carries) if carries else {*here.facts} & {*there.facts}


def _known(one: Enrolment, here: Track, wanted: Collection[str]) -> Iterator[tuple[str, Field]]:
    # A value that this track cannot read any more would be none on the other either (rule R47); nor is one that may not be said now.
    for name, field in one.progress.named("fact"):
        if name in wanted and admitted_value(here.facts, name, field.value) is not None and fits_log(field.value):
            yield name, field


def _fits(here: Track, there: Track, name: str, field: Field) -> bool:
    if name in STATED:
        return True
    fact = there.facts.get(name)
    return fact is not None and fact.type == here.facts[name].type and admits(fact, field.value)
