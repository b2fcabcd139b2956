"""What is said of a track put right, or taken back: everybody whom it reached stands as if it had been so from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.engine.context.input_builder import track_view
from tracks.engine.loop.track_anew import TrackTurn, decide_track_again
from tracks.engine.rules.track_todos import track_todos
from tracks.events.event import Draft
from tracks.events.fold import fold, standing
from tracks.events.hash_chain import append
from tracks.events.kinds.facts import Corrected
from tracks.events.kinds.table import CORRECTED, OF_A_START
from tracks.events.status import EXITED
from tracks.events.streams import track_stream
from tracks.recording import refusals
from tracks.recording.corrections import Correction, fact_behind, fields_of_correction, made_correction, named_content, one_way
from tracks.recording.fact_values import check_reason
from tracks.recording.operations import Recorded, mark_pending, track_row
from tracks.recording.track_facts import REACHES, concerned
from tracks.recording.validation.track import check_right
from tracks.recording.validation.validators import typed_data
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.inputs import View
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.event import Event
    from tracks.events.snapshots import TrackRow


def correct_on_track(
    book: Book, clock: Clock, actor: str, track: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any
) -> Recorded:
    """Correct one fact of a track: another day, other content, never said, or again as it was said first.

    Args:
        book: The ledger.
        clock: The time of the write.
        actor: Who corrects.
        track: The id of the track.
        seq: The number of the event to correct in the stream of the track.
        reason: The code of why.
        key: The caller's own key of this correction; with one that stands already nothing is written.
        how: The fields of `corrections.Correction`.

    Returns:
        What was written in the stream of the track; what follows for people is in theirs.

    Raises:
        Refusal: NOTHING_TO_CORRECT, ONE_WAY_ONLY, OF_A_VERSION, or any that the fact itself would meet; nothing was written.

    """
    if told := track_correction_told(book, clock.today, track, seq, reason=reason, key=key, **how):
        return told
    return write(book, clock, lambda now: correct_on_track_within(now, actor, track, seq, reason=reason, key=key, **how)[0])


def correct_on_track_within(
    book: Present, actor: str, track: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any
) -> tuple[Recorded, tuple[Event, ...]]:
    """Correct one fact of a track.

    Args:
        book: The present of the write.
        actor: Who corrects.
        track: The id of the track.
        seq: The number of the event to correct in the stream of the track.
        reason: The code of why.
        key: The caller's own key of this correction.
        how: The fields of `corrections.Correction`.

    Returns:
        What was written in the stream of the track, and in those of people.

    Raises:
        Refusal: As `correct_on_track`.

    """
    wanted = one_way(**how)
    check_reason({"reason": reason})
    track_row(book, track)
    # It reaches everybody, also where nothing is shared.
    book.catch_up(track)
    row, clock = track_row(book, track), book.clock_of(track)
    if told := track_correction_told(book, clock.today, track, seq, reason=reason, key=key, **how):
        return told, ()
    log = book.events(track_stream(track))
    of = fact_behind(log, track, seq)
    right = _fields(book, row, log, of, wanted, clock.today)
    if right is None:
        return Recorded(track_stream(track), repeated=True), ()
    draft = Corrected(of=seq, reason=reason, **right).draft(clock.today, of.step, of.attempt)
    when = max(clock.recorded, row.recorded)
    events = append(row, [draft], actor=actor, recorded=when, version=row.version, track_hash=book.plan(track, row.version).hash, key=key)
    row.state = fold([*log, *events])
    book.save([], events, [row])
    own, people = _reach(book, row, log, events, of) if of.kind in REACHES else ((), ())
    view = track_view(book, row, None)
    row.todos = track_todos(view, book.claims(track), clock.today, lambda: book.load(book.members(track, EXITED)))
    book.save([], [], [row])
    mark_pending(book, row)
    return Recorded(track_stream(track), (*events, *own)), tuple(people)


def _reach(book: Present, row: TrackRow, log: Sequence[Event], new: Sequence[Event], of: Event) -> tuple[Sequence[Event], Sequence[Event]]:
    """What follows of a fact that is put right, for the track and for people; `of` as it stood, `new` the correction."""
    clock = book.clock_of(row.id)
    now = next((event for event, _ in standing([*log, *new]) if event.seq == of.seq), None)
    # Of one that did not stand, as it was said first.
    was = [event for event, _ in standing(log) if event.seq == of.seq]
    both = [*was, *([now] if now else [])]
    start = str(of.data["start"]) if of.kind in OF_A_START else ""
    turn = TrackTurn(log, [*log, *new], min(event.effective for event in both), start)
    reached = {stream for event in both for stream in concerned(book, row, event.draft)}
    return decide_track_again(book, row, turn, reached, clock.today, max(clock.recorded, row.recorded))


def track_correction_told(
    book: Book, today: date, track: str, seq: int, *, reason: str = "other", key: str | None = None, **how: Any
) -> Recorded | None:
    """Answer a correction that has been made already, and by nothing since; None where it is new.

    Args:
        book: The ledger, of which nothing is caught up by this, or the present of the write.
        today: The day of the clock of the write.
        track: The id of the track.
        seq: The number of the event to correct in the stream of the track.
        reason: The code of why.
        key: The caller's own key of this correction.
        how: The fields of `corrections.Correction`.

    Raises:
        Refusal: UNKNOWN_TRACK; DIFFERENT_KEY where the key stands on another fact.

    """
    row, stream, wanted = track_row(book, track), track_stream(track), Correction(**how)
    if key and (standing_on := book.keyed(stream, key)):
        if standing_on.kind != CORRECTED:
            raise refusals.DIFFERENT_KEY(key=key)
        return Recorded(stream, repeated=True)

    def right_of(log: Sequence[Event]) -> dict[str, Any] | None:
        return _fields(book, row, log, fact_behind(log, track, seq), wanted, today)

    return Recorded(stream, repeated=True) if made_correction(book.events(stream), seq, reason, today, right_of) else None


def _fields(book: Book, row: TrackRow, log: Sequence[Event], of: Event, wanted: Correction, today: date) -> dict[str, Any] | None:
    """What a correction says of a fact of a track; None where it stands so already. Raises what the fact would meet if it were said so."""
    view = track_view(book, row, None)
    data = _content(view, of, wanted.data) if wanted.data else None
    found = fields_of_correction(log, of, wanted, data)
    if found and not wanted.withdraw:
        said = Draft(of.kind, found["effective"] or of.effective, of.step, of.attempt, found["data"] or of.data)
        # Held against the track as if this had not been said yet.
        without = fold(event for event, _ in standing(log) if event.seq != of.seq)
        check_right(view, log, without, today, said)
    return found


def _content(view: View, of: Event, right: Mapping[str, Any]) -> dict[str, Any]:
    named = named_content(view, of, right)
    check_reason(named)
    return typed_data(of.kind, {**of.data, **named})
