"""Opening a stream: a referral to a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.engine.context.input_builder import track_view
from tracks.engine.context.situation import outcomes
from tracks.events.fold import Progress
from tracks.events.kinds.facts import Referred
from tracks.events.kinds.table import is_fact
from tracks.events.snapshots import Enrolment, TrackRow
from tracks.events.status import CLOSED
from tracks.events.streams import enrolment_stream, shard_of
from tracks.recording import refusals
from tracks.recording.drafts import check_key, checked, enrolment_told, has_key, stands
from tracks.recording.fact_values import check_born, check_reported_day, checked_facts
from tracks.recording.operations import Recorded, append_fact, mark_pending, track_row
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.plan import Plan
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present

_PLACED: Final = frozenset({"work", "work_with_support", "studies"})


# Where nobody says how a person came in; commands say so.
DEFAULT_CHANNEL: Final = "caseworker"


class Referral(NamedTuple):
    """What is known at referral.

    `born` is year and month, `2001-04`, kept only where the track's rules ask for age. `person` is the row of the identity. `origin` is
    the stream that a transfer left, and `days` the days of the facts that it carried. `note` is the fingerprint of a free text.
    """

    ref: str
    on: date
    channel: str = DEFAULT_CHANNEL
    facts: Mapping[str, Any] = {}
    born: str | None = None
    person: str | None = None
    key: str | None = None
    origin: str | None = None
    days: Mapping[str, str] = {}
    note: str | None = None


def enrol(book: Book, clock: Clock, actor: str, track: str, referral: Referral) -> Recorded:
    """Refer a participant to a track, which opens a stream of its own.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who refers.
        track: The id of the track.
        referral: What is known of the participant.

    Raises:
        Refusal: As `enrol_within`.

    """
    told = _told(book, track_row(book, track), referral)
    return told or write(book, clock, lambda now: enrol_within(now, actor, track, referral))


def enrol_within(book: Present, actor: str, track: str, referral: Referral) -> Recorded:
    """Refer a participant to a track.

    Args:
        book: The present of the write.
        actor: Who refers.
        track: The id of the track.
        referral: What is known of the participant.

    Raises:
        Refusal: UNKNOWN_TRACK, ALREADY_ENROLLED, NOTE_DIFFERS, AGE_NEEDED, or that of a day or a fact; nothing was written.

    """
    row = track_row(book, track)
    if told := _told(book, row, referral):
        return told
    others = book.enrolments_of(referral.ref)
    for one in others:
        check_key(book, one, ReportedFact("referred", referral.on, key=referral.key))
        if one.track == track and one.status not in CLOSED:
            if referral.note and _told(book, row, referral._replace(note=None, key=None)):
                raise refusals.NOTE_DIFFERS(ref=one.stream, kind="referred")
            raise refusals.ALREADY_ENROLLED(ref=referral.ref, track=track, stream=one.stream, status=one.status)
    return _open(book, actor, row, referral, others)


def _told(book: Book, row: TrackRow, referral: Referral) -> Recorded | None:
    """Answer a referral that has been said already; None where it is new. Raises a refusal of its facts."""
    facts = checked_facts(track_view(book, row, None), referral.facts, row.id)
    born = referral.born if asks_age(book.plan(row.id, row.version)) else None
    said = Referred(channel=referral.channel, facts=facts or None, born=born, note=referral.note).to_json()
    found = enrolment_told(book, referral.ref, lambda one: _same_referral(book, one, referral, said), row.id)
    return Recorded(found.stream, repeated=True) if found else None


def _same_referral(book: Book, one: Enrolment, referral: Referral, said: Mapping[str, Any]) -> bool:
    """Whether a referral has been said already: by its key, or of the same day with the same content, and nobody has ended it since."""
    if has_key(book, one, ReportedFact("referred", referral.on, key=referral.key)):
        return True
    if one.status in CLOSED and _ended_by_person(one):
        return False
    return stands(one, ReportedFact("referred", referral.on, data=said))


def _ended_by_person(one: Enrolment) -> bool:
    """Whether somebody ended an enrolment, and not the engine alone, which may have come so far or not when the same is said again."""
    progress = one.progress
    close, answer = ((progress.value(name) or {}).get("kind", "") for name in ("close", "intake"))
    return bool(progress.get("misregistered") or progress.get("transfer") or is_fact(close) or answer == "declined")


def _open(book: Present, actor: str, row: TrackRow, referral: Referral, others: list[Enrolment]) -> Recorded:
    check_reported_day(referral.on, book.clock_of(row.id).today)
    if referral.born:
        check_born(referral.born, referral.on)
    plan = book.plan(row.id, row.version)
    one = Enrolment(enrolment_stream(referral.ref, book.reserve(referral.ref)), referral.ref, row.id, Progress(), person=referral.person)
    one.shard = shard_of(one.stream)
    facts = checked_facts(track_view(book, row, None), referral.facts, row.id)
    # Personal data enters the log only where a rule needs it: the log is kept when identities are erased.
    with_age = asks_age(plan)
    if age_missing(plan, referral):
        raise refusals.AGE_NEEDED(track=row.id)
    referred = Referred(
        channel=referral.channel, track=plan.hash.hex(), facts=facts, born=referral.born if with_age else None,
        precedence=precedence(book, plan, others), from_=referral.origin or None, days=dict(referral.days) or None,
        note=referral.note,
    )  # fmt: skip
    events = append_fact(book, row, one, checked(referred.draft(referral.on), referral.key), actor)
    book.save([one], events)
    mark_pending(book, row)
    return Recorded(one.stream, tuple(events))


def asks_age(plan: Plan) -> bool:
    """Whether any rule of the track asks for age: only then does the month of birth enter the log (rule R48)."""
    rules = [plan.entry, plan.ongoing, *plan.when.values(), *plan.requires.values(), *plan.employers.values(), *plan.transfers.values()]
    ordered = any(row.fact == "age" for row in plan.track.intake.order)
    return ordered or any("age" in rule.names for every in rules for _, rule in every.rules)


def age_missing(plan: Plan, referral: Referral) -> bool:
    """Whether a track asks for age, and a referral does not say it."""
    return asks_age(plan) and not referral.born


def check_born_kept(plan: Plan, born: str | None) -> None:
    """Refuse a month of birth that somebody states and the track would not keep (rule R48). Raises BORN_NOT_KEPT."""
    if born and not asks_age(plan):
        raise refusals.BORN_NOT_KEPT(track=plan.track.track)


def precedence(book: Present, plan: Plan, others: list[Enrolment]) -> str | None:
    """Find the enrolment that gives precedence (rule R38).

    It completed this track, or one for the same occupation, without work or studies, and no admission has used it up.

    Args:
        book: The present of the write.
        plan: The version of the track that is referred to.
        others: The participant's enrolments, oldest first.

    Returns:
        The stream of the enrolment, or None.

    """
    seen = [known for one in others if (known := book.known(one, plan.track.track))]
    # An admission uses precedence up, a referral alone does not: who was never let in keeps it.
    used = {one.progress.value("referred").get("precedence") for one in seen if one.start}
    for one in reversed(seen):
        if one.status != "completed" or one.stream in used or one.version is None:
            continue
        said = outcomes(one.progress)
        if said and said[-1].what in _PLACED:
            continue
        if one.track == plan.track.track or _occupations(plan) & _occupations(book.plan(one.track, one.version)):
            return one.stream
    return None


def _occupations(plan: Plan) -> set[str]:
    return {e.need.occupation for e in plan.track.employers if e.need and e.need.occupation}
