"""What a correction does: engine events withdrawn and new, facts left without a basis, letters that are out, other people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.context.input_builder import person_view
from tracks.engine.rules.employers import employer_of
from tracks.events.histories import lost_fact
from tracks.events.kinds.table import WITHDRAWN
from tracks.events.resources import parse
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
    from tracks.events.resources import Resource
    from tracks.events.snapshots import Enrolment
    from tracks.recording.operations import Recorded


class EmployerChange(NamedTuple):
    """A step that goes on, and with whom it was and is; None where nobody has said it."""

    step: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a correction wrote, or would write; nothing where the fact stood so already.

    `stranded` are facts with the numbers they are corrected by, `letters` those that are void or out, `moved` the steps that go on
    with another employer, `others` what the next advance writes in other streams because of it, and `overfull` the places that it
    finds more people in than there are.
    """

    said: Recorded
    correction: Event | None = None
    withdrawn: tuple[Event, ...] = ()
    added: tuple[Event, ...] = ()
    stranded: tuple[tuple[Event, int], ...] = ()
    letters: tuple[Posted, ...] = ()
    moved: tuple[EmployerChange, ...] = ()
    others: tuple[Event, ...] = ()
    overfull: tuple[Resource, ...] = ()


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
    others, overfull = _later(book, clock, after)
    was, now = (_employers(book, clock, one) for one in (before, after))
    lost = [todo for todo in after.todos if TodoKind.parse(todo.kind).base == "stranded" and todo not in before.todos]
    return Effects(
        said=said,
        correction=first,
        withdrawn=tuple(by_seq[event.data["seq"]] for event in rest if event.kind == WITHDRAWN),
        added=tuple(event for event in rest if event.kind != WITHDRAWN),
        stranded=tuple(found for todo in lost if (found := lost_fact(log, todo.kind, todo.step, todo.attempt))),
        letters=tuple(one for one in book.letters_of(said.stream) if one not in letters),
        moved=tuple(EmployerChange(step, was[step], now[step]) for step in now if step in was and was[step] != now[step]),
        others=others,
        overfull=overfull,
    )


def _employers(book: Book, clock: Clock, one: Enrolment) -> dict[str, str | None]:
    """With whom the steps are that go on and need an employer, by step."""
    context = DecisionContext(person_view(book, track_row(book, one.track), one), one.progress, clock.today)
    steps = [step for step in context.view.own.track.steps if step.needs_employer]
    runs = [(step, n) for step in steps if (n := one.progress.attempts(step.id)) and not one.progress.get("ended", step.id, n)]
    return {step.id: employer_of(context, step, n) for step, n in runs}


def _later(book: Book, clock: Clock, one: Enrolment) -> tuple[tuple[Event, ...], tuple[Resource, ...]]:
    """What the next advance writes of others, and the places it finds too full; an uncoupled track shares nothing."""
    row = track_row(book, one.track)
    if not row.coupled:
        return (), ()
    with previewed(book) as later:
        advance_unit(later, later.unit(one.track), clock)
        found = [TodoKind.parse(todo.kind) for todo in track_row(later, one.track).todos if todo not in row.todos]
        others = tuple(event for event in later.written if event.stream != one.stream)
        return others, tuple(parse(kind.about) for kind in found if kind.base == "over")
