"""Everything that is wrong with what is reported, for whoever mends a file in one go: a write stops at the first.

Each thing that is asked of a fact is asked by itself. What only her enrolment can tell is left out where it is not known which one is
meant, and what depends on the day where that could not be read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from definitions.model.refusal import Refusal
from tracks.engine.context.input_builder import person_view, track_view
from tracks.events.fold import Progress
from tracks.events.kinds.table import KINDS, allowed
from tracks.events.snapshots import Enrolment
from tracks.events.status import CLOSED
from tracks.recording import refusals
from tracks.recording.drafts import named, not_now
from tracks.recording.enrolment import age_missing
from tracks.recording.fact_values import check_born, check_reported_day, checked_facts
from tracks.recording.operations import find_enrolment, track_row
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.transfers import check_transfer
from tracks.recording.validation.employer_names import names_employer, with_employer
from tracks.recording.validation.validators import OF_EVERY_KIND, OF_NO_KIND, in_codes, validate_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracks.engine.context.inputs import View
    from tracks.engine.context.present import Present
    from tracks.recording.enrolment import Referral


def fact_faults(book: Present, ref: str, fact: ReportedFact, track: str, *, dated: bool = True) -> Iterator[Refusal]:
    """Find everything that a fact is refused for.

    Args:
        book: The present of the write.
        ref: A reference, or a stream of a participant; empty where it could not be read.
        fact: The fact; its kind is empty, and its data not whole, where they could not be read.
        track: The id of the track that is meant.
        dated: Whether its day could be read, and what it may be said of on that day is to be asked.

    """
    found: list[Enrolment] = []
    if ref and (why := _refused(lambda: found.append(find_enrolment(book, ref, track, fact.step)))):
        yield why
    row = track_row(book, track)
    one = found[0] if found else Enrolment("", ref, track, Progress())
    view = person_view(book, row, one) if found else track_view(book, row, None)
    clock = book.clock_of(track, one.stream) if found else book.clock_of(track)
    case = FactContext(view, one, clock, partial(book.claims, track), partial(named, book, one) if found else None)
    yield from _asked_one_by_one(case, fact)
    if found and dated and _is_whole(fact):
        yield from _asked_of_kind(book, case, fact)


def _is_whole(fact: ReportedFact) -> bool:
    """Whether a fact says all that its kind is asked about by."""
    about = KINDS.get(fact.kind)
    if about is None or ("step" in about.asks and not fact.step):
        return False
    return about.data.needed | ({about.value} if about.value and about.value_needed else set()) <= fact.content.keys()


def _asked_one_by_one(case: FactContext, fact: ReportedFact) -> Iterator[Refusal]:
    for check in OF_EVERY_KIND if fact.kind else OF_NO_KIND:
        if why := _refused(partial(check, case, fact)):
            yield why
    if names_employer(fact.content) and (why := _refused(lambda: with_employer(case.view, fact.content))):
        yield why
    yield from _bad_facts(case.view, fact.content.get("facts") or {}, case.track)


def _asked_of_kind(book: Present, case: FactContext, fact: ReportedFact) -> Iterator[Refusal]:
    """What the kind of a fact asks, with whatever of it is in order; of a status that does not allow it nothing more is asked."""
    if not allowed(fact.kind, case.enrolment.progress.status):
        yield not_now(book, case.enrolment, fact)
        return
    right = {name: value for name, value in fact.content.items() if name != "facts"}
    meant = fact.but()
    if names_employer(right) and not _refused(lambda: with_employer(case.view, right)):
        meant = fact.but(**with_employer(case.view, right))
    if why := _refused(lambda: _as_its_kind(case, meant)):
        yield why


def _as_its_kind(case: FactContext, fact: ReportedFact) -> object:
    return check_transfer(case, fact.content["to"]) if fact.kind == "transferred" else validate_kind(case, in_codes(case, fact))


def referral_faults(book: Present, track: str, referral: Referral) -> Iterator[Refusal]:
    """Find everything that a referral is refused for.

    Args:
        book: The present of the write.
        track: The id of the track.
        referral: What is known of her, as far as it could be read.

    """
    row = track_row(book, track)
    asked: list[Callable[[], object]] = [lambda: check_reported_day(referral.on, book.clock_of(track).today)]
    if referral.born:
        asked.append(lambda: check_born(referral.born, referral.on))
    yield from filter(None, map(_refused, asked))
    yield from _bad_facts(track_view(book, row, None), referral.facts, track)
    if referral.ref and age_missing(book.plan(row.id, row.version), referral):
        yield refusals.AGE_NEEDED(track=row.id)
    for one in book.enrolments_of(referral.ref) if referral.ref else ():
        # One of the same day may be this very referral, said again.
        if one.track == track and one.status not in CLOSED and one.progress.on("referred") != referral.on:
            yield refusals.ALREADY_ENROLLED(ref=referral.ref, track=track, stream=one.stream, status=one.status)


def distinct(found: Iterable[Refusal]) -> list[Refusal]:
    """Leave out what is refused twice in the same words."""
    return list({(one.code, str(one.values)): one for one in found}.values())


def _bad_facts(view: View, said: Any, track: str) -> Iterator[Refusal]:
    for name, value in said.items():
        if why := _refused(partial(checked_facts, view, {name: value}, track)):
            yield why


def _refused(ask: Callable[[], object]) -> Refusal | None:
    """What something is refused for; None where it is not. Raises what is no fault of what was given."""
    try:
        ask()
    except Refusal as why:
        if not why.of_input:
            raise
        return why
    return None
