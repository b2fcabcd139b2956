"""Opening streams: a referral to a track, a transfer to another track or authority, and a track put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.fact_values import MONTH
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.context.labels import labels_of
from tracks.engine.context.plan import plan_of
from tracks.engine.context.situation import outcomes
from tracks.engine.loop.retroactive import pass_on_track_fact
from tracks.events.event import Draft
from tracks.events.fold import Progress, evolve
from tracks.events.hash_chain import append
from tracks.events.snapshots import Enrolment, TrackRow
from tracks.events.status import CLOSED, OPEN
from tracks.events.streams import enrolment_stream, shard_of, track_stream
from tracks.recording import refusals
from tracks.recording.fact_values import checked_facts
from tracks.recording.operations import (
    Recorded,
    append_fact,
    catch_up,
    catch_up_participant,
    find_enrolment,
    mark_pending,
    record_fact_within,
    track_row,
)
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.validation.steps import check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from definitions.model.track import Fact as FactType
    from definitions.model.track import Track, Transfer
    from tracks.clock import Clock
    from tracks.engine.context.plan import Plan
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.fold import Field

_PLACED: Final = frozenset({"work", "work_with_support", "studies"})


class Referral(NamedTuple):
    """What is said at referral. `born` is year and month, and only kept where the track's rules ask for age."""

    ref: str
    on: date
    channel: str = "caseworker"
    facts: Mapping[str, Any] = {}
    born: str | None = None
    person: str | None = None
    key: str | None = None
    origin: str | None = None
    days: Mapping[str, str] = {}


def enrol(book: Book, clock: Clock, actor: str, track: str, referral: Referral) -> Recorded:
    """Refer a participant to a track: opens a stream of its own."""
    catch_up(book, track, clock)
    catch_up_participant(book, clock, referral.ref)
    with book.transaction():
        clock = catch_up_participant(book, catch_up(book, track, clock), referral.ref)
        return enrol_within(book, clock, actor, track, referral)


def enrol_within(book: Book, clock: Clock, actor: str, track: str, referral: Referral) -> Recorded:
    """The same inside a running transaction whose unit is caught up."""
    row = track_row(book, track)
    others = book.enrolments_of(referral.ref)
    standing = [one for one in others if one.track == track]
    for one in standing:
        if _same_referral(book, one, referral):
            return Recorded(one.stream, (), repeated=True)
    for one in standing:
        if one.status not in CLOSED:
            raise refusals.ALREADY_ENROLLED(ref=referral.ref, track=track, stream=one.stream, status=one.status)
    return _open(book, clock, actor, row, referral, others)


def _same_referral(book: Book, one: Enrolment, referral: Referral) -> bool:
    if referral.key:
        return book.keyed(one.stream, referral.key) is not None
    said = one.progress.get("referred")
    return bool(
        said and one.seq and one.status not in CLOSED and said.effective == referral.on and said.value.get("channel") == referral.channel
    )


def _open(book: Book, clock: Clock, actor: str, row: TrackRow, referral: Referral, others: list[Enrolment]) -> Recorded:
    if referral.on > clock.today:
        raise refusals.DATE_IN_FUTURE(day=referral.on, today=clock.today)
    plan = book.plan(row.id, row.version)
    one = Enrolment(enrolment_stream(referral.ref, book.reserve(referral.ref)), referral.ref, row.id, Progress(), person=referral.person)
    one.shard = shard_of(one.stream)
    data: dict[str, Any] = {"channel": referral.channel, "track": plan.hash.hex()}
    data["facts"] = checked_facts(track_view(book, row, None), referral.facts, row.id)
    if asks_age(plan):
        if not referral.born or not MONTH.fullmatch(referral.born):
            raise refusals.AGE_NEEDED(track=row.id)
        data["born"] = referral.born
    if (before := precedence(book, plan, others)) is not None:
        data["precedence"] = before
    if referral.origin:
        data["from"] = referral.origin
    if referral.days:
        data["days"] = dict(referral.days)
    events = append_fact(book, row, one, Draft("referred", referral.on, "", 0, data), clock, actor, referral.key)
    book.save([one], events)
    mark_pending(book, row, clock)
    return Recorded(one.stream, tuple(events))


def asks_age(plan: Plan) -> bool:
    """Whether any rule of the track asks for age: only then does the month of birth enter the log (rule R48)."""
    rules = [plan.entry, plan.ongoing, *plan.when.values(), *plan.requires.values(), *plan.employers.values(), *plan.transfers.values()]
    ordered = any(row.fact == "age" for row in plan.track.intake.order)
    return ordered or any("age" in rule.names for every in rules for _, rule in every.rules)


def precedence(book: Book, plan: Plan, others: list[Enrolment]) -> str | None:
    """The enrolment that gives precedence (rule R38).

    It completed this track, or one for the same occupation, without work or studies, and no admission has used it up.
    """
    used = {one.progress.value("referred").get("precedence") for one in others if one.start}
    for one in reversed(others):
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


def transfer(book: Book, clock: Clock, actor: str, ref: str, name: str, on: date, reason: str, **more: Any) -> Recorded:
    """Transfer a participant as the track declares: to another track (a referral there) or to an authority."""
    catch_up_participant(book, clock, ref)
    with book.transaction():
        clock = catch_up_participant(book, clock, ref)
        one = find_enrolment(book, ref)
        return transfer_within(book, clock, actor, one, name, on, reason, **more)


def transfer_within(book: Book, clock: Clock, actor: str, one: Enrolment, name: str, on: date, reason: str, **more: Any) -> Recorded:
    """The same inside a running transaction whose unit is caught up."""
    row = track_row(book, one.track)
    view = person_view(book, row, one)
    case = FactContext(view, one, clock)
    declared = view.own.track.transfers
    found = declared.get(name) or next((t for t in declared.values() if t.to == name), None)
    if found is None:
        raise refusals.UNKNOWN_TRANSFER(track=one.track, transfer=name, transfers=", ".join(declared) or "-")
    if under_way := case.context.transfer:
        if (under_way.value["to"], under_way.effective) == (found.to, on):
            return Recorded(one.stream, (), repeated=True)
        raise refusals.TRANSFER_UNDER_WAY(ref=one.ref, to=under_way.value["to"], there=under_way.value.get("enrolment", ""))
    rules = view.own.transfers[found.id]
    if rules.holds(case.context.situation) is not True:
        raise refusals.TRANSFER_REQUIRES(rules="; ".join(rules.failing(case.context.situation)))
    data = {"to": found.to, "transfer": found.id, "reason": reason, **more}
    if not found.local:
        return record_fact_within(book, clock, actor, one, ReportedFact("transferred", on, data=data))
    if "outcome" in data:
        raise refusals.NO_OUTCOME_YET(to=found.to)
    _nowhere_else(book, one, found.to)
    check(case, ReportedFact("transferred", on, data=data))
    return _to_track(book, clock, actor, one, found, ReportedFact("transferred", on, data=data))


def _nowhere_else(book: Book, one: Enrolment, track: str) -> None:
    """Nobody is transferred to a track where she has an open enrolment already. Raises AlreadyEnrolled."""
    for other in book.enrolments_of(one.ref):
        if other.track == track and other.status not in CLOSED:
            raise refusals.ALREADY_ENROLLED(ref=one.ref, track=track, stream=other.stream, status=other.status)


def _to_track(book: Book, clock: Clock, actor: str, one: Enrolment, found: Transfer, fact: ReportedFact) -> Recorded:
    """Say the transfer, and refer to the receiving track in the same transaction."""
    view, there = person_view(book, track_row(book, one.track), one), track_row(book, found.to)
    facts = carried(one, view.own.track, book.plan(there.id, there.version).track, found.carries)
    born = one.progress.value("referred").get("born")
    stream = enrolment_stream(one.ref, book.reserve(one.ref))
    said = record_fact_within(book, clock, actor, one, fact.but(enrolment=stream))
    if said.repeated:
        return said
    said_then = {name: field.value for name, field in facts.items()}
    days = {name: field.effective.isoformat() for name, field in facts.items()}
    referral = Referral(one.ref, fact.on, "transfer", said_then, born, one.person, origin=one.stream, days=days)
    opened = enrol_within(book, clock, actor, there.id, referral)
    return Recorded(said.stream, (*said.events, *opened.events))


def carried(one: Enrolment, here: Track, there: Track, carries: tuple[str, ...]) -> dict[str, Field]:
    """The facts that go along, with their days: those of the same name and type there (or of `carries`), and the built-in ones."""
    same = {name for name, fact in here.facts.items() if name in there.facts and _type(there.facts[name]) == _type(fact)}
    wanted = (same & set(carries) if carries else same) | {"sex", "born_abroad", "schooling"}
    return {name: field for name, field in one.progress.named("fact") if name in wanted}


def _type(fact: FactType) -> tuple[str, tuple[str, ...]]:
    return fact.type, fact.choices


def put_in_force(book: Book, clock: Clock, actor: str, track: Track, track_hash: bytes, source: str) -> Recorded:
    """Apply a version of a track: a write on the track, which wakes all who are on it: what is shared follows the version in force.

    The same content as the version in force is answered as repeated, and nothing is written.
    """
    name = track.track
    if book.track(name) is not None:
        catch_up(book, name, clock, whole=True)
    with book.transaction():
        row = book.track(name)
        if row is not None and book.plan(name, row.version).hash == track_hash:
            return Recorded(track_stream(name), (), repeated=True)
        if row is not None:
            clock = catch_up(book, name, clock, whole=True)
            row = book.track(name)
        version = row.version + 1 if row else 1
        plan = plan_of(track, version, track_hash)
        book.put_plan(plan, source, labels_of(track))
        events = _apply(book, clock, actor, row or TrackRow(name, version, Progress()), plan)
        return Recorded(track_stream(name), tuple(events))


def _apply(book: Book, clock: Clock, actor: str, row: TrackRow, plan: Plan) -> list[Event]:
    draft = Draft("applied", clock.today, "", 0, {"version": plan.version, "hash": plan.hash.hex()})
    when = max(clock.recorded, row.recorded)
    events = append(row, [draft], actor=actor, recorded=when, version=plan.version, track_hash=plan.hash)
    row.state = evolve(row.state, events[0], events[0].seq)
    row.version = plan.version
    row.coupled = row.coupled or plan.coupled
    book.save([], events, [row])
    _couple(book, row, clock)
    everyone = {*book.members(row.id, OPEN), *(stream for stream, _ in book.claims(row.id))}
    pass_on_track_fact(book, row, everyone, clock.today, clock.today, when)
    mark_pending(book, row, clock)
    return events


def _couple(book: Book, row: TrackRow, clock: Clock) -> None:
    """All tracks of a unit are coupled together, so that a place left by admission elsewhere is free the same day."""
    rows = [found for name in book.unit(row.id) if (found := book.track(name))]
    if not any(found.coupled for found in rows):
        return
    for found in rows:
        found.coupled = True
        found.due = min(found.due or clock.today, clock.today)
    book.save([], [], rows)
    row.coupled = True
