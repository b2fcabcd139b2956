"""What a correction does: engine events withdrawn and new, facts left without a basis, letters that are out, other people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tracks.events.histories import lost_fact
from tracks.events.kinds.table import WITHDRAWN
from tracks.events.streams import ref_of
from tracks.events.todos import TodoKind
from tracks.recording.operations import advance_unit, correct_within, correction_told, track_row
from tracks.recording.writes import previewed, tried, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.event import Event
    from tracks.events.outbox import Posted
    from tracks.events.snapshots import Enrolment
    from tracks.recording.operations import Recorded


@dataclass(frozen=True, slots=True)
class Effects:
    """What a correction wrote, or would write; nothing where the fact stood so already.

    `stranded` are facts with the numbers they are corrected by, `letters` those that are void or out, and `others` what the next
    advance writes in other streams because of it.
    """

    said: Recorded
    correction: Event | None = None
    withdrawn: tuple[Event, ...] = ()
    added: tuple[Event, ...] = ()
    stranded: tuple[tuple[Event, int], ...] = ()
    letters: tuple[Posted, ...] = ()
    others: tuple[Event, ...] = ()


def correct_with_effects(book: Book, clock: Clock, actor: str, ref: str, seq: int, **how: Any) -> Effects:
    """Correct a fact, and answer what that did.

    Args:
        book: the ledger.
        clock: the clock of the command.
        actor: the name of the person who corrects.
        ref: the participant or the enrolment.
        seq: the number of the fact, or of its latest correction.
        how: what is right, as `operations.correct` takes it.

    Raises:
        Refusal: it cannot be corrected so; then nothing was written.

    """
    if told := correction_told(book, clock, ref, seq, **how):
        return Effects(told)
    done = write(book, clock, lambda now: _correct(now, actor, ref, seq, how))
    # What follows for others is worked out when the lock is free again.
    return _effects(book, done)


def preview_correction(book: Book, clock: Clock, actor: str, ref: str, seq: int, **how: Any) -> Effects:
    """What correcting a fact would do; nothing is written.

    Args:
        book: the ledger.
        clock: the clock of the command.
        actor: the name of the person who corrects.
        ref: the participant or the enrolment.
        seq: the number of the fact, or of its latest correction.
        how: what is right, as `operations.correct` takes it.

    Raises:
        Refusal: it cannot be corrected so; then nothing was written.

    """
    if told := correction_told(book, clock, ref, seq, **how):
        return Effects(told)
    return tried(book, clock, lambda now: _effects(now, _correct(now, actor, ref, seq, how)))


class _Done(NamedTuple):
    """What a correction wrote, the clock of it, and how the enrolment and its letters stood before."""

    said: Recorded
    clock: Clock
    before: Enrolment
    letters: list[Posted]


def _correct(book: Present, actor: str, ref: str, seq: int, how: Mapping[str, Any]) -> _Done:
    # Which one is meant is asked by the correction, after whether it has been made already.
    stood = {one.stream: (one, book.letters_of(one.stream)) for one in book.enrolments_of(ref_of(ref))}
    said = correct_within(book, actor, ref, seq, **how)
    before, letters = stood[said.stream]
    return _Done(said, book.clock_of(before.track, before.stream), before, letters)


def _effects(book: Book, done: _Done) -> Effects:
    said, clock, before, letters = done
    if not said.events:
        return Effects(said)
    first, *rest = said.events
    log = book.events(said.stream)
    by_seq = {event.seq: event for event in log}
    (after,) = book.load([said.stream])
    lost = [todo for todo in after.todos if TodoKind.parse(todo.kind).base == "stranded" and todo not in before.todos]
    return Effects(
        said=said,
        correction=first,
        withdrawn=tuple(by_seq[event.data["seq"]] for event in rest if event.kind == WITHDRAWN),
        added=tuple(event for event in rest if event.kind != WITHDRAWN),
        stranded=tuple(found for todo in lost if (found := lost_fact(log, todo.kind, todo.step, todo.attempt))),
        letters=tuple(one for one in book.letters_of(said.stream) if one not in letters),
        others=_others(book, clock, after),
    )


def _others(book: Book, clock: Clock, one: Enrolment) -> tuple[Event, ...]:
    """Others are met only by what is given of shared things, from today on; an uncoupled track shares nothing."""
    if not track_row(book, one.track).coupled:
        return ()
    with previewed(book) as later:
        advance_unit(later, later.unit(one.track), clock)
        return tuple(event for event in later.written if event.stream != one.stream)
