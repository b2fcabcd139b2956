"""What is taken though it may not be meant, as a report in a pause, a start that moves, an offer answered when the start has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from commands.runtime.texts import message
from tracks.access.views import person_view
from tracks.events.fold import choosers, fold
from tracks.recording import operations
from tracks.recording.validation.places import may_begin
from tracks.reports.text.phrasing import TrackWording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from commands.runtime.context import CommandContext
    from definitions.model.vocabulary import Lang
    from tracks.access.ledgers import SqlLedger
    from tracks.access.views import View
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment


def remark(work: CommandContext, ledger: SqlLedger, today: date, events: Sequence[Event]) -> None:
    """Warn of what people may not have meant by what was written, each thing once.

    Args:
        work: the context of the command, which takes the warnings.
        ledger: the ledger in which it was written.
        today: the day of the command's clock.
        events: what was written.

    """
    work.warnings.extend(dict.fromkeys(text for event in events for text in _remarks(work, ledger, today, event)))


class _Written(NamedTuple):
    """What was written, of whom, on which day of the command."""

    event: Event
    one: Enrolment
    view: View
    today: date
    lang: Lang
    ledger: SqlLedger


def _remarks(work: CommandContext, ledger: SqlLedger, today: date, event: Event) -> Iterator[str]:
    asked = _asked(event.kind)
    if asked:
        (one,) = ledger.load([event.stream])
        view = person_view(ledger, operations.track_row(ledger, one.track), one)
        yield from asked(_Written(event, one, view, today, work.lang, ledger))


def _asked(kind: str) -> Callable[[_Written], Iterator[str]] | None:
    asked = None
    match kind:
        case "selected":
            asked = _selected
        case "reported":
            asked = _reported
        case "offered":
            asked = _offered
        case "placed":
            asked = _placed
        case "began":
            asked = _began
        case "transferred":
            asked = _transferred
    return asked


def _selected(said: _Written) -> Iterator[str]:
    track = said.view.own.track
    names = {known.id: known.name for known in track.employers}
    there = {step.id for step in track.steps if step.needs_employer}
    others = [by for by in choosers(said.one.progress, there) if by not in ("", said.event.data.get("employer"))]
    if others:
        yield message("remark.chosen", said.lang, ref=said.one.ref, others=", ".join(names.get(by, by) for by in others))


def _reported(said: _Written) -> Iterator[str]:
    if said.one.status == "paused":
        yield message("remark.paused", said.lang, ref=said.one.ref)


def _offered(said: _Written) -> Iterator[str]:
    start, until = said.event.data["start"], said.event.data["until"]
    begins = said.view.start_day(start, said.today).isoformat() if start else ""
    if begins != start:
        yield message("remark.moved", said.lang, start=start, day=begins)
    if start and until >= begins:
        yield message("remark.answer", said.lang, until=until, start=begins)


def _placed(said: _Written) -> Iterator[str]:
    """What is shared is given on the day of the slice, never earlier, so that a placement told late begins no step by itself.

    Where no place is free for her, or others stand before her, she is given one in her turn.
    """
    event, step = said.event, said.view.shared_step(said.event.step)
    late = event.effective < said.today and said.one.progress.attempts(event.step) < event.attempt
    if not late or step is None or not (step.places or step.employer_places):
        return
    if may_begin(said.view, said.ledger.claims(said.one.track), said.one, event.step, said.today):
        yield message("remark.placed_late", said.lang, day=event.effective, ref=said.one.stream, step=event.step)


def _began(said: _Written) -> Iterator[str]:
    """A step under way begins on another day than it stood: whoever meant a new run is told that it was moved."""
    event = said.event
    before = fold(one for one in said.ledger.events(event.stream) if one.seq < event.seq)
    stood = before.on("began", event.step, event.attempt) or before.on("started", event.step, event.attempt)
    if stood and stood != event.effective:
        yield message("remark.start_moved", said.lang, ref=said.one.ref, step=event.step, stood=stood, day=event.effective)


def _transferred(said: _Written) -> Iterator[str]:
    """What was known and was to go along, and cannot be said on the track that receives: it is unknown there from the start."""
    from tracks.recording.transfers import left_behind

    here, stream = said.view.own.track, said.event.data.get("enrolment")
    way = here.transfers.get(said.event.data.get("transfer", ""))
    if not (stream and way):
        return
    row = operations.track_row(said.ledger, way.to)
    there = said.ledger.plan(row.id, row.version).track
    speech = TrackWording(here, said.lang)
    for name in left_behind(said.one, here, there, way.carries):
        key = "remark.left_behind" if name in there.facts else "remark.left_unasked"
        yield message(key, said.lang, fact=speech.fact(name), to=there.name, ref=stream, what=name)
