"""The use cases of recording: load, validate, append, and decide again, told of the present of the write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from definitions.progress import SILENT, Stage, WorkProgress
from tracks.engine.context.input_builder import person_view, transfer_outcome
from tracks.engine.context.present import Present
from tracks.engine.loop.advance import AdvanceCounts, advance
from tracks.engine.loop.apply import refresh_claims
from tracks.engine.loop.decide import decide
from tracks.engine.loop.retroactive import decide_again, decide_origin, is_late
from tracks.events.fold import evolve
from tracks.events.hash_chain import append
from tracks.events.histories import latest_of
from tracks.events.kinds.facts import Corrected
from tracks.events.kinds.table import CORRECTED, KINDS
from tracks.events.snapshots import participant
from tracks.events.status import CLOSED
from tracks.recording import refusals
from tracks.recording.corrections import Correction, correction_fields, fact_behind, made_correction, one_way
from tracks.recording.drafts import check_key, checked, checked_fact, clock_for, enrolment_told, enrolments_meant, has_key, said_of
from tracks.recording.fact_values import check_reason
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, TrackRow
    from tracks.recording.drafts import CheckedFact


class Recorded(NamedTuple):
    """What a write appended: a stream and its new events; `repeated` where the fact stood already, so that nothing was written.

    `others` are the streams of other open enrolments of the same reference, of which a repeated fact may have been meant.
    """

    stream: str
    events: tuple[Event, ...] = ()
    repeated: bool = False
    others: tuple[str, ...] = ()


def track_row(book: Book, track: str) -> TrackRow:
    """Load the snapshot of a track.

    Raises:
        Refusal: UNKNOWN_TRACK.

    """
    row = book.track(track)
    if row is None:
        raise refusals.unknown_track(track)
    return row


def find_enrolment(book: Book, ref: str, track: str | None = None, step: str = "") -> Enrolment:
    """Find the enrolment that a reference means: `REF/n` exactly, else the open one, else the latest.

    Of several that are open only those count that have the step, where one is named and any has it; where none has, the one counts
    where it was.

    Args:
        book: The ledger.
        ref: A reference, or a stream of a participant.
        track: The id of the only track that is meant, where one is.
        step: The id of the step that is said something of, if any.

    Raises:
        Refusal: UNKNOWN_PARTICIPANT, or SEVERAL_ENROLMENTS where more than one is open.

    """
    every = enrolments_meant(book, ref, track)
    if not every:
        raise refusals.unknown_participant(ref)
    # Of a track that has been taken further than this clock, what stood on its day tells which one is meant.
    seen = ([then for one in every if (then := book.known(one, ""))] or every) if isinstance(book, Present) else every
    still = [one for one in seen if one.status not in CLOSED]
    if step and len(seen) > 1:
        having = [one for one in still if step in person_view(book, track_row(book, one.track), one).own.steps]
        # Where no open one has the step, what is said of it is about the one where it was.
        still = having or [one for one in seen if one.progress.attempts(step)][-1:] or still
    if len(still) > 1:
        # One that has ended but has something left to do may be meant as well, and is named beside those that are open.
        asked = [one for one in seen if one in still or one.todos]
        raise refusals.SEVERAL_ENROLMENTS(ref=ref, streams=", ".join(f"{one.stream} ({one.track})" for one in asked))
    meant = (still or seen)[-1].stream
    return next(one for one in every if one.stream == meant)


def record_fact(book: Book, clock: Clock, actor: str, ref: str, fact: ReportedFact, track: str | None = None) -> Recorded:
    """Record one fact of one enrolment.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who reports the fact.
        ref: A reference, or a stream of a participant.
        fact: The fact.
        track: The id of the only track that is meant, where one is.

    Raises:
        Refusal: The fact is refused, with any code of `refusals`; nothing was written.

    """
    return fact_told(book, clock, ref, fact, track) or write(book, clock, lambda now: record_fact_of(now, actor, ref, fact, track))


def fact_told(book: Book, clock: Clock | None, ref: str, fact: ReportedFact, track: str | None = None) -> Recorded | None:
    """Answer a fact that has been said of one of a participant's enrolments already; None where it is new.

    Args:
        book: The ledger, of which nothing is caught up by this, or the present of the write.
        clock: The time of the write; a present has its own.
        ref: A reference, or a stream of a participant.
        fact: The fact.
        track: The id of the only track that is meant, where one is.

    """
    # What only people say is known before anything is caught up; what the engine may have answered since is known after it.
    if KINDS[fact.kind].tells_kind and not isinstance(book, Present):
        return None

    def said(one: Enrolment) -> bool:
        return said_of(book, clock_for(book, clock, one), track_row(book, one.track), one, fact)

    found = enrolment_told(book, ref, said, track, misregistered=fact.kind == "misregistered")
    if found is None:
        return None
    others = (one for one in enrolments_meant(book, ref, track) if one.stream != found.stream and one.status not in CLOSED)
    return Recorded(found.stream, repeated=True, others=tuple(one.stream for one in others))


def record_fact_of(book: Present, actor: str, ref: str, fact: ReportedFact, track: str | None = None) -> Recorded:
    """Record a fact of the enrolment that a reference means.

    Args:
        book: The present of the write.
        actor: Who reports the fact.
        ref: A reference, or a stream of a participant.
        fact: The fact.
        track: The id of the only track that is meant, where one is.

    Raises:
        Refusal: As `record_fact`.

    """
    return fact_told(book, None, ref, fact, track) or record_fact_within(book, actor, find_enrolment(book, ref, track, fact.step), fact)


def record_fact_within(book: Present, actor: str, one: Enrolment, fact: ReportedFact) -> Recorded:
    """Record a fact of an enrolment.

    Args:
        book: The present of the write.
        actor: Who reports the fact.
        one: The enrolment, which is moved on.
        fact: The fact.

    Raises:
        Refusal: As `record_fact`.

    """
    row = track_row(book, one.track)
    ready = checked_fact(book, row, one, fact)
    return Recorded(one.stream, repeated=True) if ready is None else _write(book, actor, one, row, ready)


def correct(
    book: Book, clock: Clock, actor: str, ref: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any
) -> Recorded:
    """Correct one fact: another day, other content, never reported, or again as it was reported first.

    The person stands as if the fact had been right from the start.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who corrects.
        ref: A reference, or a stream of a participant.
        seq: The number of the event to correct in its stream.
        reason: The code of why.
        key: The caller's own key of this correction; with one that stands already nothing is written.
        how: The fields of `corrections.Correction`.

    Raises:
        Refusal: NOTHING_TO_CORRECT, ONE_WAY_ONLY, or any that the corrected fact itself would meet; nothing was written.

    """
    if told := correction_told(book, clock, ref, seq, reason=reason, key=key, **how):
        return told
    return write(book, clock, lambda now: correct_within(now, actor, ref, seq, reason=reason, key=key, **how))


def correct_within(book: Present, actor: str, ref: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any) -> Recorded:
    """Correct one fact.

    Args:
        book: The present of the write.
        actor: Who corrects.
        ref: A reference, or a stream of a participant.
        seq: The number of the event to correct in its stream.
        reason: The code of why.
        key: The caller's own key of this correction; with one that stands already nothing is written.
        how: The fields of `corrections.Correction`.

    Raises:
        Refusal: As `correct`.

    """
    wanted = one_way(**how)
    check_reason({"reason": reason})
    if told := correction_told(book, None, ref, seq, reason=reason, key=key, **how):
        return told
    one = find_enrolment(book, ref)
    row, clock = track_row(book, one.track), book.clock_of(one.track, one.stream)
    check_key(book, one, ReportedFact(CORRECTED, clock.today, key=key))
    log = book.events(one.stream)
    # Whoever wants back what was said first names that, however often it has been corrected since.
    seq = latest_of(log, seq) if wanted.restore else seq
    of = fact_behind(log, ref, seq)
    if wanted.withdraw:
        _check_onward(book, of)
    right = correction_fields(person_view(book, row, one), one, log, of, wanted, clock)
    if right is None:
        return Recorded(one.stream, repeated=True)
    draft = Corrected(of=seq, reason=reason, **right).draft(clock.today, of.step, of.attempt)
    return _write(book, actor, one, row, checked(draft, key))


def correction_told(
    book: Book, clock: Clock | None, ref: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any
) -> Recorded | None:
    """Answer a correction that has been made already, and by nothing since; None where it is new.

    Args:
        book: The ledger, of which nothing is caught up by this, or the present of the write.
        clock: The time of the write; a present has its own.
        ref: A reference, or a stream of a participant.
        seq: The number of the event to correct in its stream.
        reason: The code of why.
        key: The caller's own key of this correction.
        how: The fields of `corrections.Correction`.

    """
    alone = len(enrolments_meant(book, ref)) == 1

    def said(one: Enrolment) -> bool:
        now = clock_for(book, clock, one)
        if has_key(book, one, ReportedFact(CORRECTED, now.today, key=key)):
            return True
        view, wanted = person_view(book, track_row(book, one.track), one), Correction(**how)

        def right_of(log: Sequence[Event]) -> dict[str, Any] | None:
            return correction_fields(view, one, log, fact_behind(log, one.ref, seq), wanted, now)

        made = made_correction(book.events(one.stream), seq, reason, now.today, right_of)
        # The same number of another enrolment may be meant, where it is not a line of today that is given again.
        return made is not None and (alone or made.effective == now.today)

    found = enrolment_told(book, ref, said)
    return Recorded(found.stream, repeated=True) if found else None


def _check_onward(book: Present, of: Event) -> None:
    """Check that a transfer which is taken back has nobody left on the other track.

    Raises:
        Refusal: TRANSFER_OPENED.

    """
    for there in book.load([of.data["enrolment"]]) if of.kind == "transferred" and "enrolment" in of.data else ():
        if there.status not in CLOSED:
            raise refusals.TRANSFER_OPENED(ref=there.ref, track=there.track, stream=there.stream, status=str(there.status))


def _write(book: Present, actor: str, one: Enrolment, row: TrackRow, fact: CheckedFact) -> Recorded:
    # What comes of a transfer here decides whether the enrolment that it left goes on (rule R46).
    origin = (one.progress.value("referred") or {}).get("from")
    before = transfer_outcome(book, one.stream) if origin else None
    clock = book.clock_of(one.track, one.stream)
    events = append_fact(book, row, one, fact, actor)
    book.save([one], events)
    mark_pending(book, row)
    if origin and transfer_outcome(book, one.stream) != before:
        decide_origin(book, origin, clock.today, max(clock.recorded, row.recorded))
    return Recorded(one.stream, tuple(events))


def append_fact(book: Present, row: TrackRow, one: Enrolment, fact: CheckedFact, actor: str) -> list[Event]:
    """Append a fact to an enrolment and, where it is late, decide the person again.

    Args:
        book: The present of the write, which is read here and not written.
        row: The snapshot of the track.
        one: The enrolment, which is moved on; whoever calls saves it with the events.
        fact: The fact, as it came through its door.
        actor: Who reports the fact.

    Returns:
        The events to save: the fact, and what follows from it where it is late.

    Raises:
        Refusal: NO_NOTES for a fact with free text beside it, where the track in force takes none (rule R57).

    """
    view, draft, clock = person_view(book, row, one), fact.draft, book.clock_of(row.id, one.stream)
    if draft.data.get("note") and view.shared.track.notes == "none":
        raise refusals.NO_NOTES(track=row.id)
    again = draft.kind == "corrected" or is_late(row, one, draft.effective, clock.today)
    # Never before what the track has recorded: instants go the way that numbers go.
    when = max(clock.recorded, row.recorded)
    events = append(one, [draft], actor=actor, recorded=when, version=view.own.version, track_hash=view.own.hash, key=fact.key)
    one.progress = evolve(one.progress, events[0], events[0].seq)
    one.ref = participant(one.stream, one.progress)
    one.last = max(one.last or draft.effective, draft.effective)
    before = one.due
    # Due at once: the next advance finds by this day what follows from the fact.
    one.due = min(before or draft.effective, draft.effective)
    if draft.kind == "migrated" and one.version:
        one.version = int(draft.data["to"])
    if again:
        events += decide_again(book, row, one, [*book.events(one.stream), *events], clock.today, when)
    else:
        view = person_view(book, row, one)
        found = refresh_claims(view, one, clock.today)
        if before is None or before > clock.today:
            # Where nothing follows of her own nothing is due, so that whoever reads the snapshot can tell what moves on.
            found = found if draft.effective == clock.today else decide(view, one.progress, draft.effective)
            one.due = one.due if found.events else found.due
    return events


def mark_pending(book: Present, row: TrackRow) -> None:
    """Leave the slice of a write's day on a coupled track to the next advance.

    Args:
        book: The present of the write.
        row: The snapshot of the track; an uncoupled one is left as it is.

    """
    if not row.coupled:
        return
    clock = book.clock_of(row.id)
    # Places are given to a whole slice at once, so that who reports first on a day is not served first.
    rows = [found for name in book.unit(row.id) if (found := book.track(name))]
    when = max([clock.recorded, *(one.recorded for one in rows)])
    for found in rows:
        found.frontier, found.pending, found.recorded = clock.today, True, when
    book.save([], [], rows)


def advance_unit(
    book: Book, unit: Sequence[str], clock: Clock, shard: tuple[int, int] | None = None, progress: WorkProgress = SILENT
) -> AdvanceCounts:
    """Advance one unit of work up to the clock's day.

    Args:
        book: The ledger.
        unit: The ids of the tracks that are one unit.
        clock: The time of the advance.
        shard: A shard and of how many, where only the enrolments of one are advanced.
        progress: Is told how many enrolments have been decided, after each batch.

    """
    progress.begin(Stage.ADVANCING, what=", ".join(unit))
    return advance(book, unit, clock.today, clock.recorded, shard=shard, between=lambda counts: progress.reach(counts.read))


def all_units(book: Book, names: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """List the units of the named tracks, or of all, each once.

    Raises:
        Refusal: UNKNOWN_TRACK.

    """
    known = book.tracks()
    for name in names:
        if name not in known:
            raise refusals.unknown_track(name)
    return sorted({book.unit(name) for name in names or known})
